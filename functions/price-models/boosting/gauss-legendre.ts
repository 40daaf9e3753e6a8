/** Points in (0, 1) and their weights: sum of weight x f(point) is the integral of f from 0 to 1. */
export type Quadrature = { readonly points: Float64Array; readonly weights: Float64Array };

/** Newton's steps end when they move a point by less. */
const CLOSE = 1e-15;

/**
 * Gauss and Legendre's rule, exact for polynomials of a degree below 2 x `count`.
 *
 * @param count number of points, at least 1
 */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    let root = Math.cos((Math.PI * (at + 0.75)) / (count + 0.5));
    let { value, slope } = legendre(count, root);
    for (let moves = 0; moves < 50 && Math.abs(value / slope) > CLOSE; moves += 1) {
      root -= value / slope;
      ({ value, slope } = legendre(count, root));
    }
    points[at] = (1 - root) / 2;
    weights[at] = 1 / ((1 - root * root) * slope * slope);
  }
  return { points, weights };
}

/** Legendre's polynomial of a degree, by its recurrence, with its slope. */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let value = 1;
  let before = 0;
  for (let n = 0; n < degree; n += 1) {
    [value, before] = [((2 * n + 1) * x * value - n * before) / (n + 1), value];
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
