import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './types.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {}).catch(ignoreAbort);
  },
};

/** The machine's clock plus an offset that tests can advance; sleepers that are due then wake at once. */
export type MovableClock = Clock & {
  readonly advance: (milliseconds: number) => void;
  /** called at each advance, with its milliseconds */
  readonly onAdvance: (listener: (milliseconds: number) => void) => void;
};

export function movableClock(): MovableClock {
  let aheadMs = 0;
  const listeners: ((milliseconds: number) => void)[] = [];
  const sleepers = new Set<() => void>();
  const now = () => Date.now() + aheadMs;

  return {
    now,
    sleep: async (milliseconds, signal) => {
      const wakeAtMs = now() + milliseconds;
      while (now() < wakeAtMs && !signal?.aborted) await nap(wakeAtMs - now(), sleepers, signal);
    },
    advance: (milliseconds) => {
      aheadMs += milliseconds;
      for (const listener of listeners) listener(milliseconds);
      for (const wake of [...sleepers]) wake();
    },
    onAdvance: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Resolves after the time, on abort, or when the clock is advanced, whichever is first. */
function nap(milliseconds: number, sleepers: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    sleepers.add(wake);
    signal?.addEventListener('abort', wake);
  });
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
