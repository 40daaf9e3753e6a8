import { studentT90 } from '../platform/student-t.ts';
import type { ValueRules } from './value-policy.ts';
import { squaredSpreadFrom, type Weighted } from './weighted.ts';

/** Of the interval: the share of next sales that it should hold. */
export const INTERVAL_LEVEL = 0.8;

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
