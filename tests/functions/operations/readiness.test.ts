import { describe, expect, it } from 'vitest';
import { readinessOf, statusOf } from '../../../functions/operations/readiness.ts';

const ok = { status: 'ok', durationMs: 1 } as const;
const failed = { status: 'failed', durationMs: 1 } as const;

describe('readinessOf', () => {
  it('is ready when every check passed', () => {
    expect(statusOf(readinessOf({ table: ok, bucket: ok, queue: ok, models: ok }))).toBe(200);
  });
  it.each(['table', 'bucket', 'queue', 'models'])('is not ready when the check of %s failed', (check) => {
    const checks = { table: ok, bucket: ok, queue: ok, models: ok, [check]: failed };
    expect(statusOf(readinessOf(checks))).toBe(503);
  });
});
