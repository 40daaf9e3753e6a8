import type { FusedValueRules } from './fused-value-policy.ts';

/** A value with its 80 % interval, in cents; from <= value <= to. */
export type Estimate = { readonly value: number; readonly from: number; readonly to: number };

/** A value of several estimates, with the share of each in their order. */
export type Combined = Estimate & { readonly shares: readonly number[] };

/** Half of the length of the interval: its mean reach on both sides. */
const reachOf = ({ from, to }: Estimate): number => (to - from) / 2;

/** The shortest reach of a source, as a share of the largest value: chosen by eye, so that sources without an interval count alike. */
const SHORTEST_REACH_RATIO = 1e-6;

/**
 * One value of several estimates of the same thing, by inverse-variance weighting.
 *
 * Errors of sources have a part in common, c = sharedVarianceRatio x the smallest variance, that of the thing itself; the rest of
 * each is its own. share_i = (1 / own_i) / sum(1 / own), with own_i = variance_i - c; the variance of the value is
 * c + 1 / sum(1 / own). A wider interval thus has a smaller share, and a further source never widens the interval.
 *
 * The reach is divided into its sides as those of the sources are, by their shares.
 *
 * @param estimates at least one, all of the same level
 */
export function combineSources(
  estimates: readonly Estimate[],
  { sharedVarianceRatio }: Pick<FusedValueRules, 'sharedVarianceRatio'>,
): Combined {
  const shortest = SHORTEST_REACH_RATIO * Math.max(1, ...estimates.map((each) => each.value));
  const variances = estimates.map((each) => Math.max(shortest, reachOf(each)) ** 2);
  const common = sharedVarianceRatio * Math.min(...variances);
  const precisions = variances.map((variance) => 1 / (variance - common));
  const precision = sumOf(precisions);
  const shares = precisions.map((each) => each / precision);
  const value = meanBy(shares, estimates, (each) => each.value);
  const length = estimates.length === 1 ? 2 * reachOf(estimates[0] as Estimate) : 2 * Math.sqrt(common + 1 / precision);
  const lowerPart = meanBy(shares, estimates, (each) =>
    each.to > each.from ? (each.value - each.from) / (each.to - each.from) : 0.5,
  );
  return { value, from: Math.max(0, value - lowerPart * length), to: value + (1 - lowerPart) * length, shares };
}

/** Whether their intervals have no price in common. */
export const disagree = (one: Estimate, other: Estimate): boolean => one.to < other.from || other.to < one.from;

/**
 * The same with a further reach on both sides, in quadrature, as of an independent error.
 *
 * @param ratio its 80 % reach as a share of the value
 */
export function widened({ value, from, to }: Estimate, ratio: number): Estimate {
  const further = ratio * value;
  return {
    value,
    from: Math.max(0, value - Math.hypot(value - from, further)),
    to: value + Math.hypot(to - value, further),
  };
}

/**
 * A value with the owner's statement beside it: by inverse variance, with at most `mostShareRatio`, and only towards less. The
 * interval stays as it is.
 *
 * @returns the value, and the share of the statement
 */
export function withStatement(
  estimate: Estimate,
  stated: number,
  { stated: rules, sharedVarianceRatio }: Pick<FusedValueRules, 'stated' | 'sharedVarianceRatio'>,
): { readonly value: number; readonly share: number } {
  if (stated < estimate.from || stated >= estimate.value) return { value: estimate.value, share: 0 };
  const reach = rules.reachRatio * stated;
  const own = { value: stated, from: stated - reach, to: stated + reach };
  const [, byVariance = 0] = combineSources([estimate, own], { sharedVarianceRatio }).shares;
  const share = Math.min(rules.mostShareRatio, byVariance);
  return { value: estimate.value + share * (stated - estimate.value), share };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

const meanBy = (
  shares: readonly number[],
  estimates: readonly Estimate[],
  of: (estimate: Estimate) => number,
): number => sumOf(estimates.map((each, at) => (shares[at] as number) * of(each)));
