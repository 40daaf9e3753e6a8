import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentT90 } from '../../../functions/platform/student-t.ts';

describe('studentT90', () => {
  it.each([
    [1, 3.078],
    [2, 1.886],
    [9, 1.383],
    [10, 1.372],
    [15, 1.341],
    [20, 1.325],
    [30, 1.31],
    [120, 1.289],
    [1e9, 1.282],
  ])('is, of %d degrees of freedom, that of the standard table', (degrees, expected) => {
    expect(studentT90(degrees)).toBeCloseTo(expected, 2);
  });

  it('falls as the degrees of freedom grow, without a jump', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 200, noNaN: true }), (degrees) => {
        const fall = studentT90(degrees) - studentT90(degrees + 0.01);
        expect(fall).toBeGreaterThan(0);
        expect(fall).toBeLessThan(0.03);
      }),
    );
  });
});
