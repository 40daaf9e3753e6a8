import type { Readiness } from './models-contract.ts';

/** The route is public, and each check writes to the table, so the result is cached. */
export const CACHED_FOR_MILLISECONDS = 2_000;

/** Ready when every check passes. */
export const readinessOf = (checks: Readiness['checks']): Readiness => ({
  status: Object.values(checks).every(({ status }) => status === 'ok') ? 'ready' : 'not_ready',
  checks,
});

export const statusOf = ({ status }: Readiness): 200 | 503 => (status === 'ready' ? 200 : 503);
