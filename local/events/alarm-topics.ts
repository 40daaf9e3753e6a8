import type { Notify } from '../alarms/alarm-board.ts';
import type { Emulator } from '../gate/forward.ts';
import type { Log } from '../types.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Publishes an alarm's new state to an SNS topic, with the fields of CloudWatch's message that subscribers read. */
export function notifyTopics(sns: Emulator, region: string, log: Log): Notify {
  return (topicArn, { name, description, state, reason, sinceMs }) => {
    const message = {
      AlarmName: name,
      AlarmDescription: description,
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: new Date(sinceMs).toISOString(),
      Region: region,
    };
    const body = new URLSearchParams({
      Action: 'Publish',
      TopicArn: topicArn,
      Subject: `${state}: "${name}"`.slice(0, 100),
      Message: JSON.stringify(message),
    });
    sns({ method: 'POST', path: '/', headers: FORM, body: body.toString() }).then(
      (answer) => {
        answer.resume();
        if (answer.statusCode !== 200) log(`${name}: ${topicArn} could not be notified (${answer.statusCode})`);
      },
      (error: unknown) => log(`${name}: ${topicArn} could not be notified (${String(error)})`),
    );
  };
}
