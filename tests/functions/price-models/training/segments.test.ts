import { describe, expect, it } from 'vitest';
import { coverageSpread, type Segment, zipSegments } from '../../../../functions/price-models/training/segments.ts';

const segment = (name: string, rows: number, coverageRatio: number): Segment => ({
  name,
  rows,
  coverageRatio,
  medianErrorRatio: 0.1,
  biasRatio: 0,
});

describe('coverageSpread', () => {
  it('is the weighted deviation of the coverage, beside what few rows alone make of it', () => {
    expect(coverageSpread([segment('ZIP 1', 100, 0.7), segment('ZIP 2', 300, 0.9)])).toEqual({
      segments: 2,
      lowestRatio: 0.7,
      highestRatio: 0.9,
      deviationRatio: expect.closeTo(Math.sqrt(0.25 * 0.15 ** 2 + 0.75 * 0.05 ** 2), 10),
      chanceRatio: expect.closeTo(Math.sqrt((2 * 0.85 * 0.15) / 400), 10),
    });
  });

  it('is unknown of less than two segments', () => {
    expect(coverageSpread([segment('ZIP 1', 100, 0.7)])).toBeUndefined();
  });
});

describe('zipSegments', () => {
  it('are those of places', () => {
    const all = [segment('ZIP 98101', 30, 0.8), segment('grade 7', 30, 0.8)];
    expect(zipSegments(all).map(({ name }) => name)).toEqual(['ZIP 98101']);
  });
});
