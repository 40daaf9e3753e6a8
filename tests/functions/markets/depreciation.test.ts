import { describe, expect, it } from 'vitest';
import { agedFacts, depreciationOf } from '../../../functions/markets/depreciation.ts';

describe('depreciationOf', () => {
  it('finds the constant loss of a year, whatever the vehicles are worth', () => {
    const facts = agedFacts([{ model: 'a' }, { model: 'b' }], 2019);
    const prices = facts.map(
      ({ model, modelYear }) => (model === 'a' ? 1e6 : 5e6) * 0.85 ** (2019 - Number(modelYear)),
    );
    const curve = depreciationOf(prices);
    expect(curve.map(({ years }) => years)).toEqual(Array.from({ length: 16 }, (_, years) => years));
    for (const { years, keptRatio, lostRatio } of curve) {
      expect(keptRatio).toBeCloseTo(0.85 ** years);
      expect(lostRatio).toBeCloseTo(years === 0 ? 0 : 0.15);
    }
  });

  it('keeps every other fact as it is', () => {
    expect(agedFacts([{ model: 'a', modelYear: 2001, odometerMiles: 5 }], 2019)[3]).toEqual({
      model: 'a',
      modelYear: 2016,
      odometerMiles: 5,
    });
  });

  it('says nothing without vehicles', () => {
    expect(depreciationOf([])).toEqual([]);
  });
});
