import { describe, expect, it } from 'vitest';
import { periodStart } from '../../../local/gateway/quota-period.ts';

describe('periodStart', () => {
  it.each([
    ['DAY', '2026-11-22T23:59:59Z', '2026-11-22'],
    ['WEEK', '2026-11-28T23:59:59Z', '2026-11-22'],
    ['WEEK', '2026-11-29T00:00:00Z', '2026-11-29'],
    ['MONTH', '2026-11-30T23:59:59Z', '2026-11-01'],
  ] as const)('of a %s at %s is %s', (period, time, start) => {
    expect(periodStart(period, Date.parse(time))).toBe(start);
  });
});
