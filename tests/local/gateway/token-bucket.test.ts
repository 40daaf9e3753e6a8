import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, takeToken } from '../../../local/gateway/token-bucket.ts';

function admitted(throttle: { rate: number; burst: number }, timesMs: readonly number[]): number {
  let bucket: Bucket | undefined;
  let count = 0;
  for (const atMs of timesMs) {
    const after = takeToken(throttle, bucket, atMs);
    if (after === undefined) continue;
    bucket = after;
    count++;
  }
  return count;
}

describe('takeToken', () => {
  it('lets a burst through at once and no more', () => {
    expect(admitted({ rate: 1, burst: 5 }, Array(9).fill(0))).toBe(5);
  });

  it('refills at the rate', () => {
    expect(admitted({ rate: 2, burst: 1 }, [0, 499, 500, 999, 1000])).toBe(3);
  });

  it('holds no more than the burst, however long nothing came', () => {
    expect(admitted({ rate: 100, burst: 2 }, [0, 1e6, 1e6, 1e6])).toBe(3);
  });

  it('never admits more than the burst and what flowed in since', () => {
    const throttles = fc.record({ rate: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(throttles, fc.array(fc.nat(200), { maxLength: 200 }), (throttle, gaps) => {
        let now = 0;
        const times = gaps.map((gap) => {
          now += gap;
          return now;
        });
        const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
        expect(admitted(throttle, times)).toBeLessThanOrEqual(throttle.burst + (span / 1000) * throttle.rate + 1e-6);
      }),
    );
  });

  it('gives nothing for a clock that goes back', () => {
    expect(admitted({ rate: 1000, burst: 1 }, [1000, 0, 1000])).toBe(1);
  });
});
