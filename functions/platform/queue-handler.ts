import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { log, observed } from './observability.ts';

/** What a queue knows of a message beside its body. */
export type Delivery = {
  readonly messageId: string;
  /** 1 for the first delivery */
  readonly receiveCount: number;
  readonly sentAt: Date;
};

/** Deals with one message. Runs at least once per message, so it must be safe to repeat. */
export type Step<Message> = (message: Message, delivery: Delivery) => Promise<void>;

/**
 * A Lambda that takes the messages of a queue one after the other.
 *
 * A message whose step throws, or whose body is not what `schema` says, is logged and reported as failed: SQS delivers it
 * again and finally moves it to the dead letters. The rest of its batch goes on, and is not delivered again.
 */
export function queueHandler<Schema extends z.ZodType>(schema: Schema, step: Step<z.output<Schema>>) {
  const drain = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    // In turn, not at once: a function's memory is sized for one message.
    for (const record of Records) {
      if (!(await succeeds(record, schema, step))) failed.push(record.messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  // No early timeout: Lambda's own ends the process, and the whole batch is delivered again.
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).use(observed()).handler(drain);
}

async function succeeds<Schema extends z.ZodType>(
  record: SQSRecord,
  schema: Schema,
  step: Step<z.output<Schema>>,
): Promise<boolean> {
  const { messageId, body, attributes } = record;
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  try {
    const message = schema.parse(JSON.parse(body));
    await step(message, { messageId, receiveCount, sentAt: new Date(Number(attributes.SentTimestamp)) });
    return true;
  } catch (error) {
    log.error('Message failed', { messageId, receiveCount, error: error instanceof Error ? error : String(error) });
    return false;
  }
}
