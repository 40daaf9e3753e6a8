import { setTimeout as delay } from 'node:timers/promises';

/** Writes to global secondary indexes that take effect later than those to their tables, as in DynamoDB. */
export type LateIndexes = {
  /** Runs a write after the lag, behind every earlier one. */
  readonly add: (write: () => Promise<void>) => void;
  /** resolves when none is pending */
  readonly written: () => Promise<void>;
};

/** @param lagMs milliseconds of the machine's clock; on AWS a fraction of a second, without an upper bound */
export function lateIndexes(lagMs: number): LateIndexes {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (write) => {
      last = Promise.all([last, delay(lagMs)]).then(write);
    },
    written: async () => {
      await last;
    },
  };
}
