import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import {
  type AmesSale,
  isUsable,
  ratingOf,
} from '../../../../functions/valuation/condition-worth-training/ames-sales.ts';
import { fitCondition, fitFinish } from '../../../../functions/valuation/condition-worth-training/fit-ames.ts';

/** What the generated town pays, in ln(price). */
const TRUE_RATINGS: Record<string, number> = {
  '2': -0.3,
  '3': -0.25,
  '4': -0.1,
  '5': 0,
  '6': 0.05,
  '7': 0.12,
  '8': 0.15,
  '9': 0.2,
};
const TRUE_KITCHENS: Record<string, number> = { Fa: -0.04, TA: 0, Gd: 0.03, Ex: 0.1 };

/** Sales of a town with known effects, in which better conditions are in better neighbourhoods and larger houses. */
function town(count: number): AmesSale[] {
  const random = seededRandom(5);
  const choose = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const noise = (): number => random() + random() + random() + random() - 2;
  return Array.from({ length: count }, () => {
    const rating = random() < 0.01 ? '2' : choose(Object.keys(TRUE_RATINGS).slice(1));
    const kitchen = choose(Object.keys(TRUE_KITCHENS));
    const neighbourhood = Number(rating) + random() * 4 > 8 ? 'North' : choose(['South', 'East']);
    const area = Math.round(800 + 100 * Number(rating) + 900 * random());
    const built = 1930 + Math.floor(60 * random());
    const logPrice =
      6 +
      0.8 * Math.log(area) +
      (neighbourhood === 'North' ? 0.3 : 0) +
      0.002 * (built - 1960) +
      (TRUE_RATINGS[rating] ?? 0) +
      (TRUE_KITCHENS[kitchen] ?? 0) +
      0.1 * noise();
    return {
      SalePrice: String(Math.round(Math.exp(logPrice))),
      SaleCondition: 'Normal',
      'Overall Cond': rating,
      'Kitchen Qual': kitchen,
      Neighborhood: neighbourhood,
      'Gr Liv Area': String(area),
      'Lot Area': String(5000 + Math.round(5000 * random())),
      'Year Built': String(built),
      'Yr Sold': '2008',
      'Overall Qual': '5',
    };
  });
}

describe('fitCondition', () => {
  const { ratings, condition, usedSales } = fitCondition(town(1200));

  it('finds the effects of a town where they are known, within three standard deviations', () => {
    const errors = ratings.levels.map(({ level, logRatio }, at) => {
      const deviation = Math.sqrt(ratings.covariance[at]?.[at] ?? 0);
      return Math.abs(logRatio - (TRUE_RATINGS[level.slice(-1)] ?? Number.NaN)) / (deviation + 1e-9);
    });
    expect(usedSales).toBe(1200);
    expect(Math.max(...errors)).toBeLessThan(3);
  });

  it('orders the classes, and is least sure of those that nobody sold', () => {
    const effects = condition.levels.map(({ logRatio }) => logRatio);
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    expect(condition.levels.map(({ isMeasured }) => isMeasured)).toEqual([false, true, true, true, true, false]);
    expect(condition.covariance[0]?.[0]).toBeGreaterThan(condition.covariance[1]?.[1] ?? Number.POSITIVE_INFINITY);
  });

  it('holds the disagreement of the mappings: more sales do not make a class sure', () => {
    const more = fitCondition(town(3000)).condition;
    const c4 = (covariance: readonly (readonly number[])[]): number => Math.sqrt(covariance[3]?.[3] ?? 0);
    expect(c4(more.covariance)).toBeGreaterThan(0.8 * c4(condition.covariance));
  });
});

describe('fitFinish', () => {
  it('finds what a kitchen is worth beside the overall condition', () => {
    const { kitchen } = fitFinish(town(1200));
    const effects = Object.fromEntries(kitchen?.levels.map(({ level, logRatio }) => [level, logRatio]) ?? []);
    expect(effects.fair).toBeCloseTo(-0.04, 1);
    expect(effects.good).toBeCloseTo(0.03, 1);
    expect(effects.excellent).toBeCloseTo(0.1, 1);
    expect(effects.typical).toBe(0);
  });
});

describe('isUsable', () => {
  const sale = { SaleCondition: 'Normal', 'Gr Liv Area': '1500', SalePrice: '200000' };

  it('leaves out distressed sales and the few giants', () => {
    expect(isUsable(sale)).toBe(true);
    expect(isUsable({ ...sale, SaleCondition: 'Abnorml' })).toBe(false);
    expect(isUsable({ ...sale, 'Gr Liv Area': '4000' })).toBe(false);
  });
});

describe('ratingOf', () => {
  it('puts the rarest ratings together', () => {
    expect(['1', '2', '3', '9', '10'].map((rating) => ratingOf({ 'Overall Cond': rating }))).toEqual([
      '1-2',
      '1-2',
      '3',
      '9',
      '9',
    ]);
  });
});
