import type { InvokeResult } from '../types.ts';
import type { AccountConcurrency } from './account-concurrency.ts';
import { type FunctionSettings, processLimit } from './environment.ts';
import { type FunctionProcess, failed, type Invocation, type ProcessTools, startProcess } from './function-process.ts';
import { EVENT_BYTES } from './payload-limits.ts';

/** The processes of one function, and the queue of calls. */
export type FunctionPool = {
  /** @param arn as it is invoked: the function's, or an alias's */
  readonly invoke: (event: unknown, arn: string) => Promise<InvokeResult>;
  readonly processIds: () => readonly number[];
  /** kills its processes; running calls fail */
  readonly kill: () => Promise<void>;
};

/**
 * Starts up to `processLimit` processes on demand and keeps them warm. Calls queue while all are busy, and count as running
 * meanwhile; calls beyond the account's or the function's own concurrency are throttled.
 */
export function functionPool(
  settings: FunctionSettings,
  account: AccountConcurrency,
  tools: ProcessTools,
  onLine: (line: string) => void,
): FunctionPool {
  const limit = processLimit(settings);
  const waiting: Invocation[] = [];
  const processes = new Set<FunctionProcess>();
  let closed = false;

  const inState = (state: string) => [...processes].filter((each) => each.state() === state);
  const dispatch = () => {
    for (const idle of inState('idle')) {
      const next = waiting.shift();
      if (next) idle.give(next);
    }
    const starting = inState('starting').length;
    const wanted = Math.min(waiting.length - starting, limit - processes.size);
    for (let started = 0; started < wanted && !closed; started += 1) startOrFail();
  };
  /** Each failed start fails one call, so that a function which cannot start does not loop. */
  const startOrFail = () => {
    try {
      start();
    } catch (error) {
      waiting.shift()?.done(failed('Runtime.ExitError', `${settings.name} could not be started: ${String(error)}`));
    }
  };
  const start = () => {
    const process = startProcess(settings, tools, {
      onLine,
      onIdle: () => dispatch(),
      onGone: (initFailure) => {
        processes.delete(process);
        if (initFailure) waiting.shift()?.done(initFailure);
        dispatch();
      },
    });
    processes.add(process);
  };

  return {
    processIds: () => [...processes].flatMap(({ pid }) => pid ?? []),
    invoke: (event, arn) => {
      const text = JSON.stringify(event);
      if (Buffer.byteLength(text) > EVENT_BYTES) return Promise.resolve({ status: 'too-large' });
      if (!account.enter(settings)) return Promise.resolve({ status: 'throttled' });
      return new Promise((resolve) => {
        const done = (result: InvokeResult) => {
          account.leave(settings);
          resolve(result);
        };
        waiting.push({ event: text, arn, done });
        dispatch();
      });
    },
    kill: async () => {
      closed = true;
      await Promise.all([...processes].map((each) => each.kill()));
    },
  };
}
