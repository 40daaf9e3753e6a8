/** What an ensemble minimises, by the residual = target - prediction. */
export type Objective = {
  /** the constant with the least loss */
  readonly start: (targets: Float64Array) => number;
  /** the derivative of the loss by the prediction */
  readonly gradient: (residual: number) => number;
  readonly loss: (residual: number) => number;
  /** the best value of a leaf, from the residuals of its rows; absent where the Newton step is it. May reorder them. */
  readonly leafValue?: (residuals: Float64Array) => number;
};

/** Squared error: predicts the mean. */
export const SQUARED: Objective = {
  start: (targets) => targets.reduce((sum, target) => sum + target, 0) / targets.length,
  gradient: (residual) => -residual,
  loss: (residual) => residual * residual,
};

/** Squared error up to the threshold, beyond it linear: outliers pull less. */
export const huber = (threshold: number): Objective => ({
  start: (targets) => quantileOf(targets.slice(), 0.5),
  gradient: (residual) => -Math.max(-threshold, Math.min(threshold, residual)),
  loss: (residual) => {
    const size = Math.abs(residual);
    return size <= threshold ? size * size : threshold * (2 * size - threshold);
  },
});

/** Pinball loss: predicts the value that this share of the targets does not exceed. */
export const quantile = (shareRatio: number): Objective => ({
  start: (targets) => quantileOf(targets.slice(), shareRatio),
  gradient: (residual) => (residual > 0 ? -shareRatio : 1 - shareRatio),
  loss: (residual) => (residual > 0 ? shareRatio * residual : (shareRatio - 1) * residual),
  leafValue: (residuals) => quantileOf(residuals, shareRatio),
});

/** The quantile of the values, between neighbours in proportion; sorts them. NaN without values. */
export function quantileOf(values: Float64Array, shareRatio: number): number {
  values.sort();
  const position = shareRatio * (values.length - 1);
  const low = Math.floor(position);
  const below = values[low] ?? Number.NaN;
  const above = values[Math.min(low + 1, values.length - 1)] ?? Number.NaN;
  return below + (position - low) * (above - below);
}
