import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rmseDifference } from '../../../../functions/price-models/training/bootstrap.ts';
import {
  coverageOf,
  coveredRatio,
  errorsOf,
  type Judged,
  quartersBy,
} from '../../../../functions/price-models/training/evaluate.ts';
import { gateOf } from '../../../../functions/price-models/training/gate.ts';
import { segmentsOf } from '../../../../functions/price-models/training/segments.ts';

const row = (price: number, value: number): Judged => ({
  price,
  value,
  p50: value,
  p10: value * 0.8,
  p90: value * 1.2,
});

describe('errorsOf', () => {
  it('computes the errors of known rows', () => {
    const { rmse, mae, r2, medianErrorRatio, within10Ratio } = errorsOf([row(100, 110), row(200, 170), row(300, 300)]);
    expect(rmse).toBeCloseTo(Math.sqrt(1000 / 3));
    expect(mae).toBeCloseTo(40 / 3);
    expect(r2).toBeCloseTo(1 - 1000 / 20_000);
    expect(medianErrorRatio).toBeCloseTo(0.1);
    expect(within10Ratio).toBeCloseTo(2 / 3);
  });
});

describe('coverageOf', () => {
  it('counts prices at the ends of an interval as covered', () => {
    expect(coveredRatio([row(80, 100), row(120, 100), row(79, 100), row(121, 100)])).toBe(0.5);
  });

  it('has bands in ascending order that together hold every row', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 4, maxLength: 60 }), (prices) => {
        const rows = prices.map((price, at) => row(price, 100 + at));
        expect(quartersBy(rows, ({ p50 }) => p50).flat()).toHaveLength(rows.length);
        const { bands, heldOutRows } = coverageOf(rows);
        expect(heldOutRows).toBe(rows.length);
        expect(bands.map(({ fromCents }) => fromCents)).toEqual(
          bands.map(({ fromCents }) => fromCents).toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

describe('rmseDifference', () => {
  const rows = Array.from({ length: 200 }, (_, at) => row(1000 + at, 1000 + at + (at % 7)));

  it('is below zero throughout where the first is better on every row, and the reverse', () => {
    const better = rmseDifference(
      rows,
      ({ value }) => value,
      ({ value }) => value + 50,
    );
    expect(better.high).toBeLessThan(0);
    expect(better.low).toBeLessThanOrEqual(better.estimate);
    expect(better.estimate).toBeLessThanOrEqual(better.high);
    expect(
      rmseDifference(
        rows,
        ({ value }) => value + 50,
        ({ value }) => value,
      ).low,
    ).toBeGreaterThan(0);
  });

  it('is zero between equals', () => {
    expect(
      rmseDifference(
        rows,
        ({ value }) => value,
        ({ value }) => value,
      ),
    ).toEqual({ estimate: 0, low: 0, high: 0 });
  });
});

describe('gateOf', () => {
  const good = { rows: 100, rmse: 4000, mae: 2000, r2: 0.85, medianErrorRatio: 0.1, within10Ratio: 0.5 };

  it('passes a good model, and one that is worse than the active one by no more than chance', () => {
    expect(gateOf('vehicle', good)).toEqual({ passed: true, reasons: [] });
    expect(gateOf('vehicle', good, { estimate: 50, low: -20, high: 120 }).passed).toBe(true);
  });

  it('names each failure with what was expected', () => {
    const { passed, reasons } = gateOf(
      'vehicle',
      { ...good, rmse: 8000, r2: 0.69 },
      { estimate: 300, low: 100, high: 500 },
    );
    expect(passed).toBe(false);
    expect(reasons).toEqual([
      'RMSE is 8,000, expected less than 8,000',
      'R² is 0.690, expected at least 0.7',
      "RMSE is larger than the active model's by 300 (95 %: 100 to 500)",
    ]);
  });

  it('does not hold houses to an RMSE of vehicles', () => {
    expect(gateOf('house', { ...good, rmse: 120_000 }).passed).toBe(true);
  });
});

describe('segmentsOf', () => {
  it('has the segments with 30 rows or more, but no segment of all rows', () => {
    const facts = Array.from({ length: 45 }, (_, at) => ({
      model: at < 30 ? 'Ford Focus' : 'audi a4',
      modelYear: at < 44 ? 2010 : 2015,
      condition: 'good',
    }));
    const segments = segmentsOf(
      'vehicle',
      facts,
      facts.map((_, at) => row(1000, at < 30 ? 1100 : 500)),
    );
    const ford = segments.find(({ name }) => name === 'make ford');
    expect(ford).toMatchObject({
      rows: 30,
      medianErrorRatio: expect.closeTo(0.1),
      biasRatio: expect.closeTo(0.1),
      coverageRatio: 1,
    });
    expect(segments.map(({ name }) => name)).not.toContain('make audi');
    expect(segments.map(({ name }) => name)).toContain('model year 2010 to 2014');
    expect(segments.map(({ name }) => name)).not.toContain('condition good');
  });
});
