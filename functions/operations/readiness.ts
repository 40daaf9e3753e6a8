import type { Readiness } from './models-contract.ts';

/** Anybody may ask, and every look writes to the table: within this time everybody gets the same answer. */
export const CACHED_FOR_MILLISECONDS = 2_000;

/** Ready is what passes every check. */
export const readinessOf = (checks: Readiness['checks']): Readiness => ({
  status: Object.values(checks).every(({ status }) => status === 'ok') ? 'ready' : 'not_ready',
  checks,
});

export const statusOf = ({ status }: Readiness): 200 | 503 => (status === 'ready' ? 200 : 503);
