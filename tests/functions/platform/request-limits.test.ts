import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, endOfDayMs, lastFullAtMs, refusalOf } from '../../../functions/platform/request-limits.ts';

const LIMITS = { perSecond: 50, burst: 100, perDay: 200_000 };
const NOW = new Date('2026-11-22T23:59:00.250Z');

describe('refusalOf', () => {
  it('says when the next token is there', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 60_000, noNaN: true }), (tooLateMs) => {
        const fullAtMs = lastFullAtMs(LIMITS, NOW) + tooLateMs;
        const { code, retryAfterSeconds = 0 } = refusalOf({ used: 5, fullAtMs }, LIMITS, NOW);
        const then = new Date(NOW.getTime() + retryAfterSeconds * 1000);
        expect(code).toBe('rate_limited');
        expect(lastFullAtMs(LIMITS, then)).toBeGreaterThanOrEqual(fullAtMs);
        expect(retryAfterSeconds).toBeLessThan(tooLateMs / 1000 + 1.001);
      }),
    );
  });

  it('says when the next day begins', () => {
    const refused = refusalOf({ used: LIMITS.perDay, fullAtMs: 0 }, LIMITS, NOW);
    expect(refused).toMatchObject({ code: 'quota_exceeded', retryAfterSeconds: 60 });
  });

  it('names the limits', () => {
    expect(refusalOf({ used: 0, fullAtMs: Date.now() * 2 }, LIMITS, NOW).message).toMatch(/50 per second, 100 at once/);
  });
});

describe('endOfDayMs', () => {
  it('is the first moment of another day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (now) => {
        expect(dayOf(new Date(endOfDayMs(now) - 1))).toBe(dayOf(now));
        expect(dayOf(new Date(endOfDayMs(now)))).not.toBe(dayOf(now));
      }),
    );
  });
});
