import type { MovableClock } from '../clock.ts';
import type { Emulator } from '../gate/forward.ts';
import type { Clock, Log, Template } from '../types.ts';
import { applyLifecycles } from './lifecycle.ts';
import type { MessageEmulators } from './message-emulators.ts';
import { deleteExpiredRows } from './time-to-live.ts';

const SWEEP_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Applies each move of a test's clock to queues (visibility timeouts, delays, ages of messages) and the ages of objects. */
export function followClock({ queues, buckets, store }: MessageEmulators, clock: Clock): void {
  if (!isMovable(clock)) return;
  clock.onAdvance((milliseconds) => {
    store.noncurrent.age(milliseconds);
    for (const { name } of buckets.listBuckets()) {
      for (const object of buckets.listObjects(name, { maxKeys: Number.MAX_SAFE_INTEGER }).objects)
        object.lastModified = new Date(object.lastModified.getTime() - milliseconds);
    }
    for (const queue of queues.allQueues()) {
      const inFlight = [...queue.inflightMessages.values()];
      for (const entry of inFlight) entry.visibilityDeadline -= milliseconds;
      for (const message of [...queue.messages, ...queue.delayedMessages, ...inFlight.map((entry) => entry.message)]) {
        message.sentTimestamp -= milliseconds;
        if (message.delayUntil !== undefined) message.delayUntil -= milliseconds;
      }
      queue.processTimers();
    }
  });
}

/** Deletes messages older than their queue's retention period, which the emulator lacks. */
export function startRetention({ queues, store }: MessageEmulators, clock: Clock): { readonly stop: () => void } {
  const stopping = new AbortController();
  void (async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(SWEEP_MS, stopping.signal);
      if (stopping.signal.aborted) return;
      for (const queue of queues.allQueues()) {
        const keptMs = Number(queue.attributes.MessageRetentionPeriod) * 1000;
        store.dropMessagesSentBefore(queue, Date.now() - keptMs);
      }
    }
  })();
  return { stop: () => stopping.abort() };
}

/**
 * Deletes what has expired: objects by the lifecycle rules of their buckets, rows by their time to live. After a minute, then
 * every hour.
 */
export function startExpiry(
  template: Template,
  emulators: MessageEmulators,
  tables: Emulator,
  clock: Clock,
  log: Log,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const expire = async (nowMs: number) => {
    applyLifecycles(template, emulators, nowMs);
    await deleteExpiredRows(template, tables, nowMs);
  };
  const running = (async () => {
    await clock.sleep(SWEEP_MS, stopping.signal);
    while (!stopping.signal.aborted) {
      const startedMs = clock.now();
      await expire(startedMs).catch((error: unknown) => log(`expired data were not deleted: ${error}`));
      // Less the time that passed meanwhile, by which a test's clock may have been moved.
      await clock.sleep(startedMs + HOUR_MS - clock.now(), stopping.signal);
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

function isMovable(clock: Clock): clock is MovableClock {
  return 'onAdvance' in clock;
}
