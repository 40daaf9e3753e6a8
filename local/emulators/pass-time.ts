import type { MovableClock } from '../clock.ts';
import type { Clock } from '../types.ts';
import type { MessageEmulators } from './message-emulators.ts';

const SWEEP_MS = 60_000;

/** Applies each move of a test's clock to the queues: visibility timeouts, delays and message ages. */
export function followClock({ queues }: MessageEmulators, clock: Clock): void {
  if (!isMovable(clock)) return;
  clock.onAdvance((milliseconds) => {
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

function isMovable(clock: Clock): clock is MovableClock {
  return 'onAdvance' in clock;
}
