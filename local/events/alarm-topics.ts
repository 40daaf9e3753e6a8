import type { Notify } from '../alarms/alarm-board.ts';
import type { Log } from '../types.ts';

/** Publishes an alarm's new state to an SNS topic, with the fields of CloudWatch's message that subscribers read. */
export function notifyTopics(snsUrl: string, region: string, log: Log): Notify {
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
    fetch(snsUrl, { method: 'POST', body }).then(
      (response) => response.ok || log(`${name}: ${topicArn} could not be notified (${response.status})`),
      (error: unknown) => log(`${name}: ${topicArn} could not be notified (${String(error)})`),
    );
  };
}
