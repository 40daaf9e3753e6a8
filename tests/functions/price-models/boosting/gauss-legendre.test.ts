import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../../functions/price-models/boosting/gauss-legendre.ts';

describe('gaussLegendre', () => {
  it('integrates every polynomial of a degree below twice its points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 39 }), (count, degree) => {
        fc.pre(degree < 2 * count);
        const { points, weights } = gaussLegendre(count);
        const integral = points.reduce((sum, point, at) => sum + (weights[at] ?? 0) * point ** degree, 0);
        expect(integral).toBeCloseTo(1 / (degree + 1), 13);
      }),
    );
  });

  it('has all its points strictly between 0 and 1', () => {
    for (let count = 1; count <= 20; count += 1) {
      for (const point of gaussLegendre(count).points) {
        expect(point).toBeGreaterThan(0);
        expect(point).toBeLessThan(1);
      }
    }
  });
});
