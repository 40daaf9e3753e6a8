import type { ReceivedMessage, SqsQueue } from '../emulators/fauxqs-parts.ts';

/** A received message in the form of Lambda's event. */
export type QueueRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly [more: string]: unknown;
};

export function queueRecord(queue: SqsQueue, message: ReceivedMessage, region: string): QueueRecord {
  const received = queue.inflightMessages.get(message.ReceiptHandle)?.message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: {
      ApproximateReceiveCount: String(received?.approximateReceiveCount ?? 1),
      SentTimestamp: String(received?.sentTimestamp ?? 0),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(received?.approximateFirstReceiveTimestamp ?? 0),
      ...(received?.messageGroupId !== undefined && { MessageGroupId: received.messageGroupId }),
      ...(received?.sequenceNumber !== undefined && { SequenceNumber: received.sequenceNumber }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}

/**
 * The failed messages of an invocation: its `batchItemFailures`; all messages when its response is malformed or names a
 * message that is not in the batch, as in Lambda.
 */
export function failedMessageIds(answer: unknown, records: readonly QueueRecord[]): ReadonlySet<string> {
  const all = new Set(records.map(({ messageId }) => messageId));
  if (answer === null || answer === undefined) return new Set();
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const named = failures.map((failure: { itemIdentifier?: unknown } | null) => String(failure?.itemIdentifier ?? ''));
  return named.every((id) => all.has(id)) ? new Set(named) : all;
}
