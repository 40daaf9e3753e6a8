import { cannotRun } from '../errors.ts';
import type { FunctionSettings } from './environment.ts';

/** Lambda's default quota of concurrent executions of an account and Region; new accounts may have 10 (Lambda quotas). */
export const DEFAULT_ACCOUNT_CONCURRENCY = 1000;

type Reserving = Pick<FunctionSettings, 'name' | 'reservedConcurrency'>;

/** Counts concurrent executions. */
export type AccountConcurrency = {
  /** Whether a function may run once more now; if so, it runs until `leave`. */
  readonly enter: (one: Reserving) => boolean;
  readonly leave: (one: Reserving) => void;
};

/**
 * Lambda's concurrency: a function with reserved concurrency has that many executions for itself, and all others share the
 * rest of the account's.
 *
 * @throws CannotRunError when the functions reserve more than the account has
 */
export function accountConcurrency(limit: number, functions: readonly Reserving[]): AccountConcurrency {
  const reserved = functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  if (reserved > limit) {
    throw cannotRun('ReservedConcurrentExecutions', `the functions reserve ${reserved}, the account has ${limit}`);
  }
  const running = new Map<string, number>();
  const poolOf = ({ name, reservedConcurrency }: Reserving) =>
    reservedConcurrency === undefined
      ? { pool: '', most: limit - reserved }
      : { pool: name, most: reservedConcurrency };
  return {
    enter: (one) => {
      const { pool, most } = poolOf(one);
      const now = running.get(pool) ?? 0;
      if (now >= most) return false;
      running.set(pool, now + 1);
      return true;
    },
    leave: (one) => {
      const { pool } = poolOf(one);
      running.set(pool, (running.get(pool) ?? 1) - 1);
    },
  };
}
