import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { observed, reportFailure } from './observability.ts';

/** A message's delivery by its queue. */
export type Delivery = {
  readonly messageId: string;
  /** the message as received */
  readonly body: string;
  /** 1 for the first delivery */
  readonly receiveCount: number;
  readonly sentAt: Date;
  /** until Lambda kills the process */
  readonly millisecondsLeft: () => number;
};

/** Processes one message. Delivery is at least once, so a step must be idempotent. */
export type Step<Message> = (message: Message, delivery: Delivery) => Promise<void>;

/**
 * A Lambda that processes the messages of a queue one after the other.
 *
 * Partial batch failures: a message whose step throws, or whose body does not match `schema`, is reported as
 * a failure and in `batchItemFailures`. SQS redelivers it and finally moves it to the dead-letter queue; the rest of the batch is deleted.
 */
export function queueHandler<Schema extends z.ZodType>(schema: Schema, step: Step<z.output<Schema>>) {
  const drain = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const millisecondsLeft = () => context.getRemainingTimeInMillis();
    const failed: string[] = [];
    // Sequentially: a function's memory is sized for one message.
    for (const record of Records) {
      if (!(await succeeds(record, schema, (message, delivery) => step(message, { ...delivery, millisecondsLeft }))))
        failed.push(record.messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  // No early timeout: at Lambda's own the process is killed and the whole batch redelivered.
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).use(observed()).handler(drain);
}

async function succeeds<Schema extends z.ZodType>(
  record: SQSRecord,
  schema: Schema,
  step: (message: z.output<Schema>, delivery: Omit<Delivery, 'millisecondsLeft'>) => Promise<void>,
): Promise<boolean> {
  const { messageId, body, attributes } = record;
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  try {
    const message = schema.parse(JSON.parse(body));
    await step(message, { messageId, body, receiveCount, sentAt: new Date(Number(attributes.SentTimestamp)) });
    return true;
  } catch (error) {
    reportFailure('Message failed', { messageId, receiveCount, error });
    return false;
  }
}
