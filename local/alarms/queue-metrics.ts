import type { SqsStore } from '../emulators/fauxqs-parts.ts';
import type { Measure } from '../types.ts';

/** Publishes the CloudWatch metrics of every SQS queue. */
export function measureQueues(queues: SqsStore, nowMs: number, measure: Measure): void {
  for (const queue of queues.allQueues()) {
    queue.processTimers();
    const { messages, inflightMessages, delayedMessages, name } = queue;
    const all = [...messages, ...[...inflightMessages.values()].map(({ message }) => message)];
    const oldestMs = Math.min(nowMs, ...all.map(({ sentTimestamp }) => sentTimestamp));
    const values = {
      ApproximateNumberOfMessagesVisible: messages.length,
      ApproximateNumberOfMessagesNotVisible: inflightMessages.size,
      ApproximateNumberOfMessagesDelayed: delayedMessages.length,
      ApproximateAgeOfOldestMessage: (nowMs - oldestMs) / 1000,
    };
    for (const [metric, value] of Object.entries(values)) {
      measure({ namespace: 'AWS/SQS', metric, dimensions: { QueueName: name }, value, atMs: nowMs });
    }
  }
}
