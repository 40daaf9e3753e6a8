import { quantileOf } from '../boosting/objectives.ts';

/** Prices beyond this quantile count as this one: the very dearest are few, and often mistakes. */
const MOST_RATIO = 0.999;
/** Weights are multiples of 1 / STEPS, so that sums of them are exact, and empty bins weigh nothing. */
const STEPS = 256;

/**
 * How much the error of each row counts: its price to the power, 1 on average.
 *
 * Relative errors alone would give a dear thing no more weight than a cheap one, though it is the money that is lost.
 */
export function dearWeights(prices: readonly number[], power: number): Float64Array {
  const most = quantileOf(Float64Array.from(prices), MOST_RATIO);
  const raw = Float64Array.from(prices, (price) => Math.min(price, most) ** power);
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length;
  return raw.map((weight) => Math.max(1, Math.round((STEPS * weight) / mean)) / STEPS);
}
