import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notBetterThan, openFrom } from '../../../functions/assessments/class-distribution.ts';
import { UAD_CLASSES } from '../../../functions/assets/asset.ts';

const anyDistribution = fc.array(fc.nat({ max: 100 }), { minLength: 6, maxLength: 6 }).map((parts) => {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return whole === 0 ? [1, 0, 0, 0, 0, 0] : parts.map((part) => part / whole);
});
/** Probability of each class or a worse one. */
const tails = (distribution: readonly number[]): number[] =>
  distribution.map((_, index) => distribution.slice(index).reduce((sum, share) => sum + share, 0));

describe('openFrom', () => {
  it('makes every class from the best one on equally likely', () => {
    const third = expect.closeTo(1 / 3);

    expect(openFrom([0, 0, 1, 0, 0, 0], 'C4')).toEqual([0, 0, 0, third, third, third]);
    expect(openFrom([0, 0, 0, 0, 1, 0], 'C4')).toEqual([0, 0, 0, 0, 0.5, 0.5]);
    expect(openFrom([0, 0, 0, 0, 0, 1], 'C4')).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('adds up to 1, and is never better than the bound alone', () => {
    fc.assert(
      fc.property(anyDistribution, fc.constantFrom(...UAD_CLASSES), (distribution, best) => {
        const [open, bounded] = [openFrom(distribution, best), notBetterThan(distribution, best)].map(tails);
        expect(open?.[0]).toBeCloseTo(1, 9);
        for (const [index, tail] of (open ?? []).entries()) {
          expect(tail).toBeGreaterThanOrEqual((bounded?.[index] ?? 0) - 1e-9);
        }
      }),
    );
  });

  it('keeps the order: of two distributions the worse one remains the worse one', () => {
    fc.assert(
      fc.property(anyDistribution, fc.constantFrom(...UAD_CLASSES), (distribution, bound) => {
        const worse = tails(openFrom(notBetterThan(distribution, bound), 'C4'));
        for (const [index, tail] of tails(openFrom(distribution, 'C4')).entries()) {
          expect(worse[index]).toBeGreaterThanOrEqual(tail - 1e-9);
        }
      }),
    );
  });
});
