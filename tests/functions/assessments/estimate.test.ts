import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, interpolate } from '../../../functions/assessments/estimate.ts';

describe('combine', () => {
  it('leaves a single statement as it is', () => {
    expect(combine([{ score: 3.4, spread: 0.8 }])).toEqual({
      score: expect.closeTo(3.4, 10),
      spread: expect.closeTo(0.8, 10),
    });
  });

  it('takes the middle of two equals, and is surer by the root of two', () => {
    const { score, spread } = combine([
      { score: 2, spread: 1 },
      { score: 5, spread: 1 },
    ]);

    expect([score, spread]).toEqual([3.5, expect.closeTo(Math.SQRT1_2, 10)]);
  });

  it('weighs a statement of half the spread four times', () => {
    expect(
      combine([
        { score: 0, spread: 1 },
        { score: 5, spread: 0.5 },
      ]).score,
    ).toBeCloseTo(4, 10);
  });

  it('is surer than each of the statements and within them', () => {
    const statement = fc.record({
      score: fc.double({ min: 1, max: 6, noNaN: true }),
      spread: fc.double({ min: 0.1, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(statement, { minLength: 2, maxLength: 4 }), (statements) => {
        const { score, spread } = combine(statements);
        const scores = statements.map((each) => each.score);
        expect(spread).toBeLessThan(Math.min(...statements.map((each) => each.spread)));
        expect(score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9);
        expect(score).toBeLessThanOrEqual(Math.max(...scores) + 1e-9);
      }),
    );
  });
});

describe('interpolate', () => {
  const TABLE = [
    [10, 1],
    [20, 3],
    [40, 2],
  ] as const;

  it.each([
    [-5, 1, 'before the table'],
    [10, 1, 'at its first point'],
    [12.5, 1.5, 'a quarter of the way'],
    [20, 3, 'at a point'],
    [30, 2.5, 'half of the way down'],
    [40, 2, 'at its last point'],
    [99, 2, 'beyond the table'],
  ])('at %d is %d: %s', (at, value) => {
    expect(interpolate(TABLE, at)).toBeCloseTo(value, 10);
  });
});
