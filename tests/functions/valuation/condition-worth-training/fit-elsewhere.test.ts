import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import { CONDITION_WORTH } from '../../../../functions/valuation/condition-worth.ts';
import type { MeasuredLevels } from '../../../../functions/valuation/condition-worth-table.ts';
import {
  type CountySale,
  fitElsewhere,
} from '../../../../functions/valuation/condition-worth-training/fit-elsewhere.ts';

const EFFECTS: Record<string, number> = { '1-2': -0.3, '3': -0.2, '7': 0.12, '8': 0.16 };
const ames: MeasuredLevels = {
  levels: Object.entries(EFFECTS).map(([level, logRatio]) => ({ level, sales: 100, logRatio, isMeasured: true })),
  covariance: [],
};

/** Conditions of the county by the rating with the same word. */
const RATINGS: Record<number, string> = { 1: '1-2', 2: '3', 3: '5', 4: '7', 5: '8' };

/** A county in which condition is worth `factor` times what it is in Ames, and twice that north of 47.6 degrees if told so. */
function county(factor: number, northFactor = factor): CountySale[] {
  const random = seededRandom(11);
  const between = (low: number, high: number): number => low + (high - low) * random();
  return Array.from({ length: 4000 }, () => {
    const condition = 1 + Math.floor(5 * random());
    const [latitude, livingAreaSqft] = [between(47.2, 48), Math.round(between(900, 4000))];
    const own = latitude > 47.6 ? northFactor : factor;
    const effect = own * (EFFECTS[RATINGS[condition] ?? ''] ?? 0);
    const facts = {
      livingAreaSqft,
      lotAreaSqft: Math.round(between(3000, 20_000)),
      basementSqft: 0,
      neighbourLivingAreaSqft: Math.round(between(1000, 3000)),
      grade: 5 + Math.floor(6 * random()),
      bathrooms: 2,
      bedrooms: 3,
      floors: 1,
      view: 0,
      yearBuilt: Math.round(between(1920, 2010)),
      zipCode: latitude > 47.6 ? '98101' : '98001',
      latitude,
      longitude: between(-122.5, -121.8),
      condition,
    };
    return { facts, price: Math.exp(5 + Math.log(livingAreaSqft) + effect + between(-0.15, 0.15)) };
  });
}

describe('fitElsewhere', () => {
  it('finds how far condition is worth less in another town, and is as unsure as two towns leave it', () => {
    const { towns, meanFactor, deviationFactor } = fitElsewhere(ames, 1000, county(0.5));
    expect(towns.map(({ factor }) => factor)).toEqual([1, expect.closeTo(0.5, 1)]);
    expect(meanFactor).toBeCloseTo(0.75, 1);
    expect(deviationFactor).toBeCloseTo(Math.sqrt(0.5 * 0.5 ** 2 * 1.5), 1);
  });

  it('is surer where both towns agree', () => {
    expect(fitElsewhere(ames, 1000, county(1)).deviationFactor).toBeLessThan(0.1);
  });

  it('shows parts that differ', () => {
    const { partFactors } = fitElsewhere(ames, 1000, county(0.4, 0.8));
    expect(partFactors).toHaveLength(8);
    expect(Math.max(...partFactors.slice(0, 4))).toBeLessThan(Math.min(...partFactors.slice(4)));
  });

  it('leaves words with few sales out of the slope', () => {
    const few = { ...ames, levels: ames.levels.map((each) => (each.level === '1-2' ? { ...each, sales: 7 } : each)) };
    const odd = county(0.5).map((sale) =>
      sale.facts.condition === 1 ? { ...sale, price: sale.price * Math.exp(-0.6) } : sale,
    );
    expect(fitElsewhere(few, 1000, odd).towns[1]?.factor).toBeCloseTo(0.5, 1);
  });
});

describe('the committed factor of a town', () => {
  it('holds the parts of the county in its 80 % interval', () => {
    const { partFactors, meanFactor, deviationFactor } = CONDITION_WORTH.elsewhere;
    const within = partFactors.filter((factor) => Math.abs(factor - meanFactor) <= 1.2816 * deviationFactor);
    expect(within.length / partFactors.length).toBeGreaterThanOrEqual(0.8);
  });
});
