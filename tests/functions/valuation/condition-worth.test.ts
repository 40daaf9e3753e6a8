import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UAD_CLASSES, type UadClass } from '../../../functions/assets/asset.ts';
import {
  type ClassShares,
  CONDITION_WORTH,
  ConditionWorth,
  worthOfCondition,
  worthOfFinish,
} from '../../../functions/valuation/condition-worth.ts';
import { FINISHES } from '../../../functions/valuation/condition-worth-table.ts';

const classes = fc.constantFrom(...UAD_CLASSES);
const shares: fc.Arbitrary<ClassShares> = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
  .map((weights) => Object.fromEntries(UAD_CLASSES.map((name, at) => [name, weights[at]])) as ClassShares);

const TYPICAL: ClassShares = { C1: 0, C2: 0, C3: 0.64, C4: 0.31, C5: 0.04, C6: 0.01 };

describe('worthOfCondition', () => {
  it('never rises when probability moves to a worse class', () => {
    fc.assert(
      fc.property(shares, classes, classes, fc.double({ min: 0, max: 1, noNaN: true }), (given, one, other, part) => {
        const [better, worse] = [one, other].toSorted() as [UadClass, UadClass];
        const moved = given[better] * part;
        const after = { ...given, [better]: given[better] - moved };
        const worsened = { ...after, [worse]: after[worse] + moved };
        expect(worthOfCondition(worsened).ratio).toBeLessThanOrEqual(worthOfCondition(given).ratio + 1e-12);
      }),
    );
  });

  it('has an interval around the ratio, which is of its log deviation', () => {
    fc.assert(
      fc.property(shares, fc.option(classes, { nil: undefined }), (given, against) => {
        const { ratio, p10Ratio, p90Ratio, logDeviation } = worthOfCondition(given, against);
        expect(p10Ratio).toBeLessThanOrEqual(ratio);
        expect(p90Ratio).toBeGreaterThanOrEqual(ratio);
        expect(Math.log(p90Ratio / ratio)).toBeCloseTo(1.2816 * logDeviation, 10);
      }),
    );
  });

  it('depends on the probabilities only up to a factor, as rounded ones do not add up to 1', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 0.5, max: 2, noNaN: true }), (given, factor) => {
        const scaled = Object.fromEntries(UAD_CLASSES.map((name) => [name, factor * given[name]])) as ClassShares;
        expect(worthOfCondition(scaled).ratio).toBeCloseTo(worthOfCondition(given).ratio, 10);
      }),
    );
  });

  it('is 1 for sure against the same class, and the inverse the other way round', () => {
    fc.assert(
      fc.property(classes, classes, (one, other) => {
        expect(worthOfCondition(one, one)).toMatchObject({ ratio: 1, logDeviation: 0, unmeasuredRatio: 0 });
        expect(worthOfCondition(one, other).ratio * worthOfCondition(other, one).ratio).toBeCloseTo(1, 10);
      }),
    );
  });

  it('is surer of a class than of probabilities around it', () => {
    expect(worthOfCondition('C3').logDeviation).toBeLessThan(worthOfCondition(TYPICAL).logDeviation);
  });

  it('is about 1 for what is expected of any house before its photos', () => {
    expect(Math.abs(worthOfCondition(TYPICAL).ratio - 1)).toBeLessThan(0.03);
  });

  it('says how much of the probability is at classes that were hardly sold, and is less sure of them', () => {
    expect(worthOfCondition(TYPICAL).unmeasuredRatio).toBeCloseTo(0.01);
    expect(worthOfCondition('C6').unmeasuredRatio).toBe(1);
    expect(worthOfCondition('C3', 'C1').unmeasuredRatio).toBe(1);
    expect(worthOfCondition('C6').logDeviation).toBeGreaterThan(2 * worthOfCondition('C5').logDeviation);
    expect(worthOfCondition('C1').logDeviation).toBeGreaterThan(worthOfCondition('C2').logDeviation);
  });

  it('is less sure than Ames alone would be', () => {
    const { levels, covariance } = CONDITION_WORTH.condition;
    const at = levels.findIndex(({ level }) => level === 'C5');
    expect(worthOfCondition('C5').logDeviation).toBeGreaterThan(Math.sqrt(covariance[at]?.[at] ?? 0));
  });

  it('names both states, the interval and the origin', () => {
    const { words, source } = worthOfCondition('C5');
    expect(words).toMatch(
      /^A house in C5 sold for \d+ % less than a typical used house \(80 % interval: \d+ % less to /,
    );
    expect(words).toMatch(/Ames, Iowa, 2006 to 2010, .* not what a repair returns\.$/);
    expect(source).toMatchObject({ name: 'house-condition', currency: 'USD', kindOfPrice: 'sold' });
    expect(worthOfCondition('C6').words).toContain('100 % of it at classes with too few sales');
  });

  it('fits its schema', () => {
    expect(ConditionWorth.safeParse(worthOfCondition(TYPICAL)).success).toBe(true);
  });

  it('refuses probabilities that are none', () => {
    const none = { C1: 0, C2: 0, C3: 0, C4: 0, C5: 0, C6: 0 };
    expect(() => worthOfCondition(none)).toThrow('received none above 0');
  });
});

describe('worthOfFinish', () => {
  it('compares two levels of a feature, either way round', () => {
    const better = worthOfFinish('kitchen', 'typical', 'excellent');
    const worse = worthOfFinish('kitchen', 'excellent', 'typical');
    expect((better?.ratio ?? 0) * (worse?.ratio ?? 0)).toBeCloseTo(1, 10);
    expect(better?.p10Ratio).toBeGreaterThan(1);
    expect(better?.words).toContain('A house with "excellent" as quality of the kitchen sold for');
  });

  it('knows nothing of a level with too few sales, or of an unknown one', () => {
    expect(worthOfFinish('exteriorFinish', 'fair', 'typical')).toBeUndefined();
    expect(worthOfFinish('kitchen', 'typical', 'golden')).toBeUndefined();
  });

  it('has two measured levels or more of each feature', () => {
    const measured = FINISHES.map((finish) => CONDITION_WORTH.finish[finish].levels.filter((each) => each.isMeasured));
    expect(measured.filter(({ length }) => length < 2)).toEqual([]);
  });
});
