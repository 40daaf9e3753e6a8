import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { isEnvironmentName, stackNameOf } from '../../functions/platform/names/environments.ts';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { clientOf, outputNamed } from '../deployment.ts';
import type { Deployment } from '../local-stack.ts';
import { awsProblem, checked } from './aws-problem.ts';
import { fail, type Line, ok, warn } from './line.ts';

/** CloudWatch publishes within a second or two. */
const PUBLISHED_WITHIN_MS = 30_000;
const POLL_MS = 1000;

const REASON = 'fettle doctor sets this alarm off to try the way to its subscribers; nothing is wrong';

/** Whether somebody is told of alarms: the subscribers of both topics, the states, and one alarm that is set off. */
export async function* alarmChecks(deployment: Deployment): AsyncGenerator<Line> {
  const pages = await subscribersLine(deployment, 'pagesTopic', 'pages');
  yield pages;
  yield await subscribersLine(deployment, 'warningsTopic', 'warnings');
  const read = await readAlarms(deployment);
  if ('problem' in read) return yield read.problem;
  yield statesLine(read.alarms);
  if (pages.status === 'ok') yield await trialLine(deployment, read.alarms);
}

const subscribersLine = (deployment: Deployment, topic: 'pagesTopic' | 'warningsTopic', check: string): Promise<Line> =>
  checked(check, 'sns:ListSubscriptionsByTopic', async () => {
    const TopicArn = outputNamed(deployment, OUTPUTS[topic]);
    const subscribers: Subscription[] = [];
    const pagesOfList = paginateListSubscriptionsByTopic({ client: new SNSClient(clientOf(deployment)) }, { TopicArn });
    for await (const { Subscriptions = [] } of pagesOfList) subscribers.push(...Subscriptions);
    const confirmed = subscribers.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:'));
    const names = (of: readonly Subscription[]) => of.map(({ Endpoint }) => Endpoint).join(', ');
    if (confirmed.length > 0) return ok(check, `told: ${names(confirmed)}`);
    const subscribe = `aws sns subscribe --topic-arn ${TopicArn} --protocol email --notification-endpoint you@example.com`;
    const [found, todo] =
      subscribers.length > 0
        ? [`nobody has confirmed: ${names(subscribers)}`, 'Open the link in the confirmation that SNS has sent.']
        : ['nobody is told of these alarms', subscribe];
    // Where nobody depends on the service, nobody has to be woken.
    return topic === 'pagesTopic' && deployment.environmentName === 'prod'
      ? fail(check, found, todo)
      : warn(check, found, todo);
  });

async function readAlarms(deployment: Deployment) {
  const { environmentName } = deployment;
  if (!isEnvironmentName(environmentName)) throw new Error(`expected an environment, got ${environmentName}`);
  try {
    const alarms: MetricAlarm[] = [];
    const client = new CloudWatchClient(clientOf(deployment));
    const pagesOfList = paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stackNameOf(environmentName)}-` });
    for await (const { MetricAlarms = [] } of pagesOfList) alarms.push(...MetricAlarms);
    return { alarms };
  } catch (error) {
    return { problem: awsProblem('alarms', 'cloudwatch:DescribeAlarms', error) };
  }
}

/** Which alarms are on now. */
function statesLine(alarms: readonly MetricAlarm[]): Line {
  const on = alarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
  if (alarms.length === 0) return fail('alarms', 'the stack has no alarms', 'Deploy this version.');
  if (on.length === 0) return ok('alarms', `none of ${alarms.length} is on`);
  return warn('alarms', `on now: ${on.join(', ')}`, 'Each has a heading in docs/runbook.md.');
}

/** Sets one alarm off that pages, sees its notification published, and sets it back. */
const trialLine = (deployment: Deployment, alarms: readonly MetricAlarm[]): Promise<Line> =>
  checked('alarm set off', 'cloudwatch:SetAlarmState and cloudwatch:DescribeAlarmHistory', async () => {
    const topicArn = outputNamed(deployment, OUTPUTS.pagesTopic);
    const quiet = alarms.find(
      ({ StateValue, AlarmActions = [] }) => StateValue === 'OK' && AlarmActions.includes(topicArn),
    );
    const { AlarmName } = quiet ?? {};
    if (AlarmName === undefined) {
      return warn(
        'alarm set off',
        'no alarm that pages is OK now',
        'New alarms are OK after some minutes: run this again.',
      );
    }
    const client = new CloudWatchClient(clientOf(deployment));
    const summary = await whileOff(client, AlarmName);
    if (summary?.startsWith('Successfully')) {
      return ok('alarm set off', `${AlarmName} notified its topic and was set back; the subscribers have two messages`);
    }
    const found = summary ?? 'no notification within 30 s';
    return fail(
      'alarm set off',
      `${AlarmName}: ${found}`,
      'Check that the policy of the topic lets CloudWatch publish: deploy again.',
    );
  });

/** Sets the alarm off and, whatever happens, back. Returns what came of its action; undefined when nothing did in time. */
async function whileOff(client: CloudWatchClient, AlarmName: string): Promise<string | undefined> {
  const startedAt = new Date();
  const set = (StateValue: StateValue) =>
    client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: REASON }));
  await set('ALARM');
  try {
    return await publicationOf(client, AlarmName, startedAt);
  } finally {
    await set('OK');
  }
}

/** What CloudWatch's history says of the alarm's newest action. */
async function publicationOf(
  client: CloudWatchClient,
  AlarmName: string,
  StartDate: Date,
): Promise<string | undefined> {
  const endsMs = Date.now() + PUBLISHED_WITHIN_MS;
  while (Date.now() < endsMs) {
    const { AlarmHistoryItems: [newest] = [] } = await client.send(
      new DescribeAlarmHistoryCommand({ AlarmName, StartDate, HistoryItemType: 'Action' }),
    );
    if (newest?.HistorySummary !== undefined) return newest.HistorySummary;
    await sleep(POLL_MS);
  }
  return undefined;
}
