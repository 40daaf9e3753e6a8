import type { z } from 'zod';
import type { ReceivedMessage, SqsQueue, SqsStore } from '../emulators/fauxqs-parts.ts';
import type { EventSourceMapping } from '../template/known/compute.ts';
import type { Clock, InvokeResult, JsonObject } from '../types.ts';
import { matchesPattern } from './pattern.ts';
import { failedMessageIds, type QueueRecord, queueRecord } from './queue-records.ts';

export type PollerSettings = z.infer<typeof EventSourceMapping> & {
  readonly region: string;
  /** maximum number of concurrent batches */
  readonly concurrency: number;
};

export type QueuePoller = { readonly stop: () => Promise<void> };

/** SQS's maximum of messages per ReceiveMessage. */
const LARGEST_RECEIVE = 10;
const LONGEST_WAIT_SECONDS = 20;
const THROTTLE_PAUSE_MS = 500;

/**
 * One event source mapping: receives batches, invokes the function, deletes the processed messages. Failed messages stay in
 * flight until their visibility timeout ends, as with Lambda; then they are redelivered or move to the dead-letter queue.
 */
export function startPoller(
  queue: SqsQueue,
  queues: SqsStore,
  settings: PollerSettings,
  clock: Clock,
  invoke: (event: unknown) => Promise<InvokeResult>,
  onError: (error: unknown) => void,
): QueuePoller {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const patterns = settings.FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern) as JsonObject) ?? [];

  const wanted = (record: QueueRecord) => {
    if (patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, filterable(record)))) return true;
    queue.deleteMessage(record.receiptHandle);
    return false;
  };
  const handle = async (messages: readonly ReceivedMessage[]) => {
    const records = messages.map((message) => queueRecord(queue, message, settings.region)).filter(wanted);
    if (records.length > 0) await deliver(records);
  };
  const deliver = async (records: readonly QueueRecord[]): Promise<void> => {
    const result = await invokeUntilTaken(records);
    if (result.status === 'too-large' && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      await Promise.all([deliver(records.slice(0, half)), deliver(records.slice(half))]);
    }
    if (result.status !== 'succeeded') return;
    const failed = settings.FunctionResponseTypes.length > 0 ? failedMessageIds(result.payload, records) : new Set();
    for (const { messageId, receiptHandle } of records) if (!failed.has(messageId)) queue.deleteMessage(receiptHandle);
  };
  /** A throttled batch is tried again until its visibility timeout ends. Then it is received anew, which counts. */
  const invokeUntilTaken = async (Records: readonly QueueRecord[]): Promise<InvokeResult> => {
    for (;;) {
      const result = await invoke({ Records });
      if (result.status !== 'throttled' || stopping.signal.aborted) return result;
      await clock.sleep(THROTTLE_PAUSE_MS, stopping.signal);
      if (!Records.every(({ receiptHandle }) => queue.inflightMessages.has(receiptHandle))) return result;
    }
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      if (underWay.size >= settings.concurrency) {
        await Promise.race(underWay);
        continue;
      }
      const messages = await collect(queue, queues, settings, stopping.signal);
      if (messages.length === 0) continue;
      const handled = handle(messages)
        .catch(onError)
        .finally(() => underWay.delete(handled));
      underWay.add(handled);
    }
    await Promise.all(underWay);
  };
  const running = run();

  return {
    stop: async () => {
      stopping.abort();
      queue.cancelWaiters();
      await running;
    },
  };
}

/** A batch: the available messages and those that arrive within the batching window, up to the batch size. */
async function collect(
  queue: SqsQueue,
  queues: SqsStore,
  settings: PollerSettings,
  signal: AbortSignal,
): Promise<ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  const receive = () => {
    const most = Math.min(settings.BatchSize - messages.length, LARGEST_RECEIVE);
    messages.push(...queue.dequeue(most, undefined, (arn) => queues.getQueueByArn(arn)));
  };
  receive();
  if (messages.length === 0 && !signal.aborted) {
    await queue.waitForMessages(LONGEST_WAIT_SECONDS);
    receive();
  }
  const endsAtMs = Date.now() + settings.MaximumBatchingWindowInSeconds * 1000;
  while (messages.length > 0 && messages.length < settings.BatchSize && Date.now() < endsAtMs && !signal.aborted) {
    await queue.waitForMessages((endsAtMs - Date.now()) / 1000);
    receive();
  }
  return messages;
}

/** Filters see a JSON body parsed, any other as text. */
function filterable(record: QueueRecord): unknown {
  try {
    return { ...record, body: JSON.parse(record.body) as unknown };
  } catch {
    return record;
  }
}
