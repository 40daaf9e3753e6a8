import type { ValueRules } from './value-policy.ts';
import { squaredSpreadFrom, type Weighted } from './weighted.ts';

/** Of the interval: the share of next sales that it should hold. */
export const INTERVAL_LEVEL = 0.8;

/** The 90 % quantiles of Student's t distribution for 1, 2, 3 … degrees of freedom (standard table), and for infinitely many. */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341];
/** the standard normal distribution's */
const Z_90 = 1.2816;

/** Student's t at 90 %, linear in 1/degrees between the entries of the table. */
export function studentT90(degrees: number): number {
  const last = T_90.length;
  if (degrees <= 1) return T_90[0] ?? Z_90;
  if (degrees >= last) return Z_90 + ((T_90[last - 1] ?? Z_90) - Z_90) * (last / degrees);
  const below = Math.floor(degrees);
  const [lower = Z_90, upper = Z_90] = [T_90[below - 1], T_90[below]];
  return lower + (upper - lower) * ((1 / below - 1 / degrees) / (1 / below - 1 / (below + 1)));
}

/**
 * The interval in which 80 % of next sales should fall: value -/+ t x spread x sqrt(1 + 1/n), with the spread below the value
 * for its lower end and that above for its upper end.
 *
 * n is the evidence: sales by relevance and recency, so that few, old or doubtful sales widen it.
 *
 * @param points at least two
 */
export function saleInterval(points: readonly Weighted[], value: number, evidence: number, rules: ValueRules) {
  const reach = studentT90(evidence - 1) * Math.sqrt(1 + 1 / evidence);
  const bessel = points.length / (points.length - 1);
  const both = squaredSpreadFrom(value, points);
  // Twice the sum over one side: of an even spread as much as over both.
  const spread = (isOnSide: (price: number) => boolean): number => {
    const side = points.map((point) => ({ ...point, price: isOnSide(point.price) ? point.price : value }));
    const own = 2 * squaredSpreadFrom(value, side);
    const shares = [evidence / 2, rules.sideShrinkSales] as const;
    return Math.sqrt((bessel * (shares[0] * own + shares[1] * both)) / (shares[0] + shares[1]));
  };
  return {
    // Nothing sells below zero.
    from: Math.max(0, value - reach * spread((price) => price < value)),
    to: value + reach * spread((price) => price > value),
  };
}
