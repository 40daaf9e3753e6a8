import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import { CORRECTED_SQUARE_KM, positionOf, squareOf } from '../../../../functions/price-models/place-squares.ts';
import type { PriceFacts } from '../../../../functions/price-models/price-facts.ts';
import {
  correctionsBySquare,
  weightedConformal,
} from '../../../../functions/price-models/training/corrections-by-square.ts';

/** Houses in two towns 40 km apart: what the model leaves scatters by 0.1 in the south and by 0.3 in the north. */
function twoTowns(count: number, seed: number) {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const isNorth = Array.from({ length: count }, (_, row) => row % 2 === 1);
  const facts: PriceFacts[] = isNorth.map((north) => ({
    latitude: (north ? 47.7 : 47.34) + 0.06 * random(),
    longitude: -122.3 + 0.06 * random(),
  }));
  const left = Float64Array.from(isNorth, (north) => (north ? 0.3 : 0.1) * normal());
  return { facts, left, isNorth };
}

const shiftsOf = (corrections: Readonly<Record<string, readonly [number, number]>> | undefined, facts: PriceFacts) => {
  const position = positionOf(facts);
  return (position && corrections?.[squareOf(position, CORRECTED_SQUARE_KM)]) ?? [Number.NaN, Number.NaN];
};

describe('correctionsBySquare', () => {
  const known = twoTowns(6000, 1);
  const corrections = correctionsBySquare(known.facts, { lowLeft: known.left, highLeft: known.left });

  it('has one for each square with houses', () => {
    expect(known.facts.filter((facts) => shiftsOf(corrections, facts).some(Number.isNaN))).toEqual([]);
  });

  it('covers both towns as often as it should, where one correction for all covers neither', () => {
    const unseen = twoTowns(6000, 2);
    const covered = (north: boolean, shifts: (facts: PriceFacts) => readonly number[]): number => {
      const rows = unseen.facts.flatMap((facts, row) => (unseen.isNorth[row] === north ? [{ facts, row }] : []));
      const inside = rows.filter(({ facts, row }) => {
        const [low = 0, high = 0] = shifts(facts);
        return (unseen.left[row] as number) >= low && (unseen.left[row] as number) <= high;
      });
      return inside.length / rows.length;
    };
    const own = (facts: PriceFacts) => shiftsOf(corrections, facts);
    expect(covered(true, own)).toBeCloseTo(0.8, 1);
    expect(covered(false, own)).toBeCloseTo(0.8, 1);
    const all = Array.from(known.left, (value) => ({ value, weight: 1 }));
    const common = [weightedConformal(all, 0.1), weightedConformal(all, 0.9)];
    expect(covered(true, () => common)).toBeLessThan(0.72);
    expect(covered(false, () => common)).toBeGreaterThan(0.9);
  });

  it('is absent where few rows have coordinates', () => {
    const few = twoTowns(1000, 3);
    expect(correctionsBySquare(few.facts, { lowLeft: few.left, highLeft: few.left })).toBeUndefined();
    const none = known.facts.map(() => ({ zipCode: '98101' }));
    expect(correctionsBySquare(none, { lowLeft: known.left, highLeft: known.left })).toBeUndefined();
  });

  it('is the quantile of houses that all lie at one place', () => {
    const one = known.facts.map(() => ({ latitude: 47.5, longitude: -122.2 }));
    const [shifts] = Object.values(correctionsBySquare(one, { lowLeft: known.left, highLeft: known.left }) ?? {});
    const all = Array.from(known.left, (value) => ({ value, weight: 1 }));
    expect(shifts?.[1]).toBeCloseTo(weightedConformal(all, 0.9), 2);
  });
});

describe('weightedConformal', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });

  it('is, with equal weights, the ceil((n + 1) x share)-th value of split conformal prediction', () => {
    fc.assert(
      fc.property(values, (all) => {
        const sorted = all.toSorted((a, b) => a - b);
        const at = Math.min(all.length, Math.ceil((all.length + 1) * 0.9 - 1e-9));
        const weighted = all.map((value) => ({ value, weight: 1 }));
        expect(weightedConformal(weighted, 0.9)).toBe(sorted[at - 1]);
      }),
    );
  });

  it('is symmetric: the lower tail is the upper one of the negatives', () => {
    fc.assert(
      fc.property(values, (all) => {
        const weighted = all.map((value) => ({ value, weight: 1 + Math.abs(value) / 1000 }));
        const negatives = weighted.map(({ value, weight }) => ({ value: -value, weight }));
        expect(weightedConformal(weighted, 0.1)).toBeCloseTo(-weightedConformal(negatives, 0.9), 10);
      }),
    );
  });

  it('is that of the heavy values alone when the others hardly weigh', () => {
    const near = Array.from({ length: 100 }, (_, value) => ({ value, weight: 1 }));
    const far = Array.from({ length: 100 }, () => ({ value: 10_000, weight: 1e-9 }));
    expect(weightedConformal([...near, ...far], 0.9)).toBe(weightedConformal(near, 0.9));
  });
});
