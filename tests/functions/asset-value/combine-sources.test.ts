import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineSources,
  disagree,
  type Estimate,
  widened,
  withStatement,
} from '../../../functions/asset-value/combine-sources.ts';

/** A price with an interval that may be uneven, empty on a side, or end at zero. */
const anyEstimate = fc
  .record({
    value: fc.integer({ min: 1, max: 100_000_000 }),
    below: fc.double({ min: 0, max: 1, noNaN: true }),
    above: fc.double({ min: 0, max: 3, noNaN: true }),
  })
  .map(({ value, below, above }): Estimate => ({ value, from: value * (1 - below), to: value * (1 + above) }));
const someEstimates = fc.array(anyEstimate, { minLength: 1, maxLength: 5 });
const anyRules = fc.record({ sharedVarianceRatio: fc.double({ min: 0, max: 0.95, noNaN: true }) });

const lengthOf = ({ from, to }: Estimate): number => to - from;
/** Rounding of sums of doubles, in relation to a price. */
const hair = ({ value }: Estimate): number => 1e-9 * value + 1e-9;

describe('combineSources', () => {
  it('gives shares that add up to one, and a value within its interval and between those of the sources', () => {
    fc.assert(
      fc.property(someEstimates, anyRules, (estimates, rules) => {
        const { shares, ...fused } = combineSources(estimates, rules);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(fused.from).toBeGreaterThanOrEqual(0);
        expect(fused.from).toBeLessThanOrEqual(fused.value + hair(fused));
        expect(fused.to).toBeGreaterThanOrEqual(fused.value - hair(fused));
        expect(fused.value).toBeGreaterThanOrEqual(Math.min(...estimates.map(({ value }) => value)) - hair(fused));
        expect(fused.value).toBeLessThanOrEqual(Math.max(...estimates.map(({ value }) => value)) + hair(fused));
      }),
    );
  });

  it('leaves a single source as it is', () => {
    fc.assert(
      fc.property(anyEstimate, anyRules, (estimate, rules) => {
        const fused = combineSources([estimate], rules);
        expect(fused.shares).toEqual([1]);
        expect(fused.value).toBe(estimate.value);
        expect(Math.abs(fused.from - estimate.from)).toBeLessThanOrEqual(hair(estimate));
        expect(Math.abs(fused.to - estimate.to)).toBeLessThanOrEqual(hair(estimate));
      }),
    );
  });

  it('gives a source with a longer interval no larger share', () => {
    fc.assert(
      fc.property(someEstimates, anyRules, (estimates, rules) => {
        const { shares } = combineSources(estimates, rules);
        const order = estimates
          .map((estimate, at) => ({ length: lengthOf(estimate), share: shares[at] as number }))
          .toSorted((one, other) => one.length - other.length);
        for (const [at, { share }] of order.slice(1).entries()) {
          expect(share).toBeLessThanOrEqual((order[at]?.share ?? 0) + 1e-9);
        }
      }),
    );
  });

  it('never has a longer interval for a further source, and never a longer one than the surest has', () => {
    fc.assert(
      fc.property(someEstimates, anyEstimate, anyRules, (estimates, further, rules) => {
        const [before, after] = [estimates, [...estimates, further]].map((each) => combineSources(each, rules));
        if (!before || !after) throw new Error('expected both');
        // Intervals of no length count as if they had that of a millionth of the largest value.
        const shortest = 2e-6 * Math.max(...[...estimates, further].map(({ value }) => value));
        expect(lengthOf(after)).toBeLessThanOrEqual(Math.max(lengthOf(before), shortest) * (1 + 1e-6));
      }),
    );
  });

  it('follows prices that are k times as high', () => {
    const factor = fc.integer({ min: 2, max: 1000 });
    fc.assert(
      fc.property(someEstimates, factor, anyRules, (estimates, k, rules) => {
        const times = ({ value, from, to }: Estimate) => ({ value: k * value, from: k * from, to: k * to });
        const [once, scaled] = [combineSources(estimates, rules), combineSources(estimates.map(times), rules)];
        for (const end of ['value', 'from', 'to'] as const) {
          expect(Math.abs(scaled[end] - k * once[end])).toBeLessThanOrEqual(1e-6 * k * once.value);
        }
      }),
    );
  });

  it('does not depend on the order of the sources', () => {
    fc.assert(
      fc.property(someEstimates, anyRules, (estimates, rules) => {
        const [one, other] = [estimates, estimates.toReversed()].map((each) => combineSources(each, rules));
        expect(one?.value).toBeCloseTo(other?.value ?? Number.NaN, 3);
        expect(one?.shares).toEqual(other?.shares.toReversed().map((share) => expect.closeTo(share, 9)));
      }),
    );
  });

  it('makes of two equal sources one that is surer, by as much as is their own', () => {
    const price = { value: 100, from: 80, to: 120 };
    expect(combineSources([price, price], { sharedVarianceRatio: 0 }).to).toBeCloseTo(100 + 20 / Math.SQRT2, 9);
    expect(combineSources([price, price], { sharedVarianceRatio: 0.5 }).to).toBeCloseTo(100 + 20 * Math.sqrt(0.75), 9);
  });
});

describe('disagree', () => {
  const price = { value: 100, from: 90, to: 110 };

  it('is said of intervals with nothing in common, whichever is first', () => {
    const higher = { value: 130, from: 111, to: 150 };
    expect([disagree(price, higher), disagree(higher, price)]).toEqual([true, true]);
  });

  it('is not said of intervals that touch', () => {
    const touching = { value: 130, from: 110, to: 150 };
    expect([disagree(price, touching), disagree(touching, price)]).toEqual([false, false]);
  });
});

describe('widened', () => {
  it('contains the interval, and keeps the value', () => {
    fc.assert(
      fc.property(anyEstimate, fc.double({ min: 0, max: 1, noNaN: true }), (estimate, ratio) => {
        const wide = widened(estimate, ratio);
        expect(wide.value).toBe(estimate.value);
        expect(wide.from).toBeGreaterThanOrEqual(0);
        expect(wide.from).toBeLessThanOrEqual(estimate.from + hair(estimate));
        expect(wide.to).toBeGreaterThanOrEqual(estimate.to - hair(estimate));
      }),
    );
  });
});

describe('withStatement', () => {
  const rules = fc.record({
    sharedVarianceRatio: fc.double({ min: 0, max: 0.95, noNaN: true }),
    stated: fc.record({
      reachRatio: fc.double({ min: 0.01, max: 1, noNaN: true }),
      mostShareRatio: fc.double({ min: 0, max: 0.5, noNaN: true }),
    }),
  });

  it('never raises a value, leaves it within its interval, and has at most its share', () => {
    fc.assert(
      fc.property(anyEstimate, fc.nat({ max: 300_000_000 }), rules, (estimate, stated, given) => {
        const { value, share } = withStatement(estimate, stated, given);
        expect(value).toBeLessThanOrEqual(estimate.value);
        expect(value).toBeGreaterThanOrEqual(estimate.from - hair(estimate));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(given.stated.mostShareRatio);
      }),
    );
  });

  it('moves the value towards a lower statement within the interval', () => {
    const price = { value: 100, from: 80, to: 120 };
    const given = { sharedVarianceRatio: 0.5, stated: { reachRatio: 0.3, mostShareRatio: 0.1 } };
    expect(withStatement(price, 90, given)).toEqual({ value: 99, share: 0.1 });
    expect(withStatement(price, 110, given)).toEqual({ value: 100, share: 0 });
    expect(withStatement(price, 79, given)).toEqual({ value: 100, share: 0 });
  });
});
