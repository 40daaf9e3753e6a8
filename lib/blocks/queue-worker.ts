import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ENV } from '../../functions/platform/names/environment-variables.ts';
import { type AlarmBoard, STATISTIC } from './alarm-board.ts';
import type { ContainerFunction } from './container-function.ts';
import { grant } from './grant.ts';
import type { NodeFunction } from './node-function.ts';

/** SQS's maximum: time to find a failed message, to fix the cause and to redrive. */
const LONGEST_RETENTION = Duration.days(14);

/** AWS's minimum for event sources: with fewer, throttling alone moves messages to the dead-letter queue. */
const DELIVERIES = 5;

export type QueueWorkerProps = {
  readonly alarms: AlarmBoard;
  readonly worker: NodeFunction | ContainerFunction;
  readonly batchSize: number;
  /** maximum concurrency, at least 2 */
  readonly atOnce: number;
  /** age of the oldest message at which the alarm goes off */
  readonly lateAfterSeconds: number;
  /** default: a message that is late warns */
  readonly pagesWhenLate?: boolean;
  /** deliveries of a message before it moves to the dead-letter queue; default and minimum: DELIVERIES */
  readonly deliveries?: number;
  /** default: a dead-letter queue of its own, with an alarm */
  readonly deadLetters?: IQueue;
};

/** A queue, the function that drains it, its dead-letter queue, and the alarms on all three. */
export class QueueWorker extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { alarms, worker, batchSize, atOnce, lateAfterSeconds } = props;
    const { lambda, live } = worker;
    const name = worker.node.id;
    this.queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      // AWS advises at least 6 x the function timeout, so that a throttled batch is not redelivered.
      visibilityTimeout: Duration.seconds(6 * worker.timeoutSeconds),
      retentionPeriod: LONGEST_RETENTION,
      deadLetterQueue: {
        queue: props.deadLetters ?? this.ownDeadLetters(name, alarms),
        maxReceiveCount: props.deliveries ?? DELIVERIES,
      },
    });
    grant(lambda, {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      on: [this.queue.queueArn],
    });
    // Part of the function and not of its alias, under which it would be another mapping than that of earlier releases.
    new EventSourceMapping(lambda, 'Queue', {
      target: live,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency: atOnce,
      reportBatchItemFailures: true,
    });
    alarms[props.pagesWhenLate ? 'page' : 'warn'](`${name}-Late`, this.queue.metricApproximateAgeOfOldestMessage(), {
      above: lateAfterSeconds,
      statistic: STATISTIC.largest,
      periods: 3,
      ofPeriods: 5,
      todo: 'Check whether the function fails, is throttled, or has too little concurrency for the load.',
    });
  }

  /** Grants a function to send messages, with the queue's URL in this environment variable. */
  grantSend(lambda: LambdaFunction, variable: (typeof ENV)[keyof typeof ENV]): void {
    grant(lambda, {
      actions: ['sqs:SendMessage'],
      on: [this.queue.queueArn],
      variable: { name: variable, value: this.queue.queueUrl },
    });
  }

  private ownDeadLetters(name: string, alarms: AlarmBoard): Queue {
    const queue = new Queue(this, 'DeadLetters', { enforceSSL: true, retentionPeriod: LONGEST_RETENTION });
    alarms.page(`${name}-DeadLetters`, queue.metricApproximateNumberOfMessagesVisible(), {
      above: 0,
      statistic: STATISTIC.largest,
      todo: 'Read the messages and the log, fix the cause, then redrive the queue.',
    });
    return queue;
  }
}
