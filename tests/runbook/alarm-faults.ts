import type { SceneName } from './scenes.ts';

/** The fault that sets off an alarm in the tests. */
export type AlarmFault = {
  /** its heading in docs/runbook.md */
  readonly alarm: string;
  readonly scene: SceneName;
  readonly fault: string;
  /** time from the fault to the first period that meets the alarm's rule, such as all deliveries of a message; default: 0 */
  readonly developsMinutes?: number;
};

const DELIVERY_MINUTES = 3;
const DELIVERIES_MINUTES = 5 * DELIVERY_MINUTES;

/** The alarms of the alarm board, with the fault that sets each off. */
const ON_BOARD: readonly AlarmFault[] = [
  { alarm: 'Api-ServerErrors', scene: 'services fail', fault: 'DynamoDB throttles the indexes' },
  { alarm: 'JobsApi-Failing', scene: 'services fail', fault: 'DynamoDB throttles the index of the list of jobs' },
  { alarm: 'JobsTable-Throttled', scene: 'services fail', fault: 'DynamoDB throttles the index of the list of jobs' },
  { alarm: 'PoliciesApi-Failing', scene: 'services fail', fault: 'DynamoDB throttles the index of the list of jobs' },
  { alarm: 'ValuationsApi-Failing', scene: 'services fail', fault: 'DynamoDB throttles the table of comps' },
  { alarm: 'FileComps-Failing', scene: 'services fail', fault: 'DynamoDB throttles the table of comps' },
  { alarm: 'CompsTable-Throttled', scene: 'services fail', fault: 'DynamoDB throttles the table of comps' },
  { alarm: 'ProviderFailed', scene: 'providers fail', fault: 'a provider answers with a page of HTML' },
  { alarm: 'ProviderQuotaUsed', scene: 'providers fail', fault: 'a provider has answered as often as it may on a day' },
  { alarm: 'KeysApi-Failing', scene: 'services fail', fault: 'DynamoDB throttles the index of the list of keys' },
  { alarm: 'AccessTable-Throttled', scene: 'services fail', fault: 'DynamoDB throttles the index of the list of keys' },
  { alarm: 'SweepJobs-Failing', scene: 'services fail', fault: 'DynamoDB answers 500 for the index of open jobs' },
  { alarm: 'ModelsApi-Failing', scene: 'services fail', fault: 'S3 does not answer for the bucket' },
  { alarm: 'PicturesApi-Failing', scene: 'services fail', fault: 'S3 gives no object' },
  { alarm: 'ServiceApi-Failing', scene: 'services fail', fault: 'its process is killed during a call' },
  { alarm: 'PredictionsApi-Failing', scene: 'services fail', fault: 'its process is killed during a call' },
  { alarm: 'AssessPhoto-Failing', scene: 'services fail', fault: 'S3 gives no object' },
  { alarm: 'Photos-Failing', scene: 'services fail', fault: 'S3 gives no object, three photos wait' },
  { alarm: 'AssessPhoto-Late', scene: 'services fail', fault: 'S3 gives no object', developsMinutes: 5 },
  {
    alarm: 'PhotoHeld',
    scene: 'services fail',
    fault: 'S3 gives no object, for all deliveries of a photo',
    developsMinutes: DELIVERIES_MINUTES,
  },
  { alarm: 'ConcludeJob-Failing', scene: 'services fail', fault: 'a message that it cannot read' },
  { alarm: 'ConcludeJob-Late', scene: 'services fail', fault: 'a message that it cannot read', developsMinutes: 2 },
  {
    alarm: 'ConcludeJob-DeadLetters',
    scene: 'services fail',
    fault: 'a message that it cannot read, for all deliveries',
    developsMinutes: DELIVERIES_MINUTES,
  },
  { alarm: 'DeadPhotos-Failing', scene: 'services fail', fault: 'a message that it cannot read' },
  { alarm: 'DeadPhotos-Late', scene: 'services fail', fault: 'a message that it cannot read', developsMinutes: 5 },
  { alarm: 'Authorize-Failing', scene: 'no key is found', fault: 'DynamoDB answers 500 for keys' },
  { alarm: 'JobFailed', scene: 'jobs are stuck', fault: 'a job is not concluded, two requests of the sweep later' },
  { alarm: 'StuckJobSwept', scene: 'jobs are stuck', fault: 'the message of a photo is lost, and its job is overdue' },
  { alarm: 'PhotoFailed', scene: 'jobs are stuck', fault: 'the message of a photo is lost, and its job is overdue' },
  { alarm: 'Api-Slow', scene: 'DynamoDB is slow', fault: 'DynamoDB answers after 2.7 s' },
  {
    alarm: 'Functions-Throttled',
    scene: 'concurrency is used up',
    fault: 'as many calls hang as the account may have',
  },
  { alarm: 'SweepJobs-Silent', scene: 'concurrency is used up', fault: 'as many calls hang as the account may have' },
  {
    alarm: 'DeadPhotos-DeadLetters',
    scene: 'a dead photo stays unread',
    fault: 'a message that it cannot read, for all deliveries',
    developsMinutes: 120 * DELIVERY_MINUTES,
  },
];

/**
 * A failure of a function is one of its version, and on one machine the first version is live. The clock here is so fast that
 * the failure may fall into a minute that is over; then the next delivery's counts.
 */
const OF_RELEASES = ON_BOARD.filter(({ alarm }) => alarm.endsWith('-Failing') && alarm !== 'Photos-Failing').map(
  (fault): AlarmFault => ({
    ...fault,
    alarm: fault.alarm.replace('Failing', 'Release-1'),
    developsMinutes: DELIVERY_MINUTES,
  }),
);

/** Every alarm of the template, with the fault that sets it off. */
export const ALARM_FAULTS: readonly AlarmFault[] = [...ON_BOARD, ...OF_RELEASES];
