import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dearWeights } from '../../../../functions/price-models/training/dear-weights.ts';

const PRICES = fc.array(fc.integer({ min: 100, max: 10_000_000 }), { minLength: 1, maxLength: 50 });
const POWER = fc.double({ min: 0, max: 1, noNaN: true });

describe('dearWeights', () => {
  it('lets all rows count alike at power 0', () => {
    expect(Array.from(dearWeights([500, 20_000, 900_000], 0))).toEqual([1, 1, 1]);
  });

  it('lets four times the price count twice at power 0.5', () => {
    const [cheap = 0, dear = 0] = dearWeights([10_000, 40_000], 0.5);
    expect(dear / cheap).toBeCloseTo(2, 1);
  });

  it('is 1 on average, never 0, and exact in sums, whatever the prices', () => {
    fc.assert(
      fc.property(PRICES, POWER, (prices, power) => {
        const weights = Array.from(dearWeights(prices, power));
        expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length - 1)).toBeLessThan(0.01);
        expect(weights.every((weight) => weight > 0 && Number.isInteger(256 * weight))).toBe(true);
      }),
    );
  });

  it('never lets a dearer row count less', () => {
    fc.assert(
      fc.property(PRICES, POWER, (prices, power) => {
        const sorted = prices.toSorted((a, b) => a - b);
        const weights = Array.from(dearWeights(sorted, power));
        expect(weights).toEqual(weights.toSorted((a, b) => a - b));
      }),
    );
  });
});
