import { describe, expect, it } from 'vitest';
import { type Estimate, priceDifference } from '../../../functions/price-models/price-prediction.ts';

describe('priceDifference', () => {
  it.each([
    [2, 3.078],
    [5, 1.533],
    [11, 1.372],
    [16, 1.341],
  ])("has the interval of Student's t, of %d members", (members, quantile) => {
    const differences = Array.from({ length: members }, (_, member) => 100 + member);
    const of = (dollars: readonly number[]): Estimate =>
      ({ p50Cents: 0, memberLogPrices: dollars.map(Math.log) }) as Partial<Estimate> as Estimate;
    const before = of(differences.map(() => 1000));
    const { p90Cents } = priceDifference(before, of(differences.map((each) => 1000 + each)));
    const mean = differences.reduce((sum, each) => sum + each, 0) / members;
    const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (members - 1);
    expect(p90Cents / 100 / Math.sqrt(variance)).toBeCloseTo(quantile, 2);
  });

  it('has no width of a single member, which tells nothing of its uncertainty', () => {
    const single = { p50Cents: 500, memberLogPrices: [7] } as Partial<Estimate> as Estimate;
    expect(priceDifference(single, single)).toEqual({ cents: 0, p10Cents: 0, p90Cents: 0 });
  });
});
