import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { ownMetric } from './blocks/own-metric.ts';
import type { QueueWorker } from './blocks/queue-worker.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable, type TableUse } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import type { Media } from './media.ts';
import type { Workspaces } from './workspaces.ts';

export type JobsProps = Foundation & { readonly media: Media; readonly workspaces: Workspaces };

/** The use of the jobs table by a function that decides by a workspace's policies. */
export const READ_POLICIES = { actions: ['Query'], partitions: ['policies'] } as const satisfies TableUse<'jobs'>;

/** The jobs table, the API on it, and the sweep that ends jobs past their deadline. */
export class Jobs extends Construct {
  readonly table: StoreTable<'jobs'>;
  readonly serves: Serving<'jobs-api'>;
  private readonly api: NodeFunction;
  private readonly sweep: NodeFunction;

  constructor(scope: Construct, id: string, { media, workspaces, ...foundation }: JobsProps) {
    super(scope, id);
    this.table = new StoreTable(this, 'JobsTable', {
      ...foundation,
      name: 'jobs',
      variables: { [ENV.jobDays]: String(foundation.environment.jobDays) },
    });

    this.api = new NodeFunction(this, 'JobsApi', {
      ...foundation,
      entry: 'jobs/jobs-api',
      memoryMb: 1024,
      timeoutSeconds: 15,
    });
    this.table.grantUse(this.api.lambda, {
      actions: ['PutItem', 'UpdateItem', 'Query'],
      queries: ['newestFirst'],
      partitions: ['job'],
    });
    media.grantUse(this.api.lambda, 'putUploads', 'listUploads');
    workspaces.grantReplies(this.api.lambda);
    this.serves = { 'jobs-api': this.api };

    this.sweep = new NodeFunction(this, 'SweepJobs', {
      ...foundation,
      entry: 'jobs/sweep-jobs',
      memoryMb: 512,
      // Less than the minute between two sweeps.
      timeoutSeconds: 55,
    });
    this.table.grantUse(this.sweep.lambda, {
      actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      queries: ['unfinished'],
      partitions: ['job'],
    });
    media.grantUse(this.sweep.lambda, 'listUploads');
    this.sweepEveryMinute();
    this.watch(foundation);
  }

  /** Sends jobs whose photos are all assessed to this queue. */
  concludeBy(conclusions: QueueWorker): void {
    for (const { lambda } of [this.api, this.sweep]) conclusions.grantSend(lambda, ENV.conclusionsQueueUrl);
  }

  private sweepEveryMinute(): void {
    new Rule(this, 'EveryMinute', {
      description: 'Ends jobs past their deadline',
      schedule: Schedule.rate(Duration.minutes(1)),
      // An event that cannot be delivered is dropped: the next sweep finds the same jobs. A sweep that throws is repeated
      // twice by Lambda, which is safe.
      targets: [new FunctionTarget(this.sweep.live, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }

  private watch({ alarms, environment }: Foundation): void {
    alarms.page('SweepJobs-Silent', this.sweep.lambda.metricInvocations(), {
      below: 1,
      statistic: STATISTIC.sum,
      periodMinutes: 5,
      silenceIsBad: true,
      todo: 'Check whether the schedule is enabled and has permission to invoke the function.',
    });
    alarms.page('JobFailed', ownMetric('JobFailed', environment), {
      above: 0,
      periodMinutes: 5,
      todo: 'Find the job in the logs by its id; the reason is in its error.',
    });
    alarms.warn('StuckJobSwept', ownMetric('StuckJobSwept', environment), {
      above: 0,
      periodMinutes: 5,
      todo: 'Find out why the job did not end by itself.',
    });
  }
}
