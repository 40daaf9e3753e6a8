import type { Random } from '../../price-models/boosting/random.ts';
import { fitLinear } from '../../price-models/features/linear.ts';

/** Rows of a regression. */
export type Regression = { readonly terms: readonly (readonly number[])[]; readonly targets: readonly number[] };

/** Keeps the fit defined where a resample has no row of a level; too little to shrink a level of a few rows. */
const PENALTY_ROWS = 1e-4;

export const leastSquares = ({ terms, targets }: Regression): readonly number[] =>
  fitLinear(terms, targets, PENALTY_ROWS);

/** Rows drawn with replacement, as many as there are. */
export const drawRows = (count: number, random: Random): number[] =>
  Array.from({ length: count }, () => Math.floor(random() * count));

export const pickRows = ({ terms, targets }: Regression, rows: readonly number[]): Regression => ({
  terms: rows.map((row) => terms[row] ?? []),
  targets: rows.map((row) => targets[row] ?? 0),
});

/** The covariance of columns, from a row per resample. */
export function covarianceOf(rows: readonly (readonly number[])[]): number[][] {
  const size = rows[0]?.length ?? 0;
  const means = Array.from(
    { length: size },
    (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length,
  );
  const deviation = (row: readonly number[], at: number): number => (row[at] ?? 0) - (means[at] ?? 0);
  return means.map((_, i) =>
    means.map((_, j) => rows.reduce((sum, row) => sum + deviation(row, i) * deviation(row, j), 0) / (rows.length - 1)),
  );
}

/** The share of the variance that a fit explains, and the standard deviation of what it leaves. */
export function goodnessOf({ terms, targets }: Regression, coefficients: readonly number[]) {
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const left = targets.map(
    (target, row) => target - coefficients.reduce((sum, each, at) => sum + each * (terms[row]?.[at] ?? 0), 0),
  );
  const squares = left.reduce((sum, each) => sum + each * each, 0);
  const total = targets.reduce((sum, target) => sum + (target - mean) ** 2, 0);
  return {
    residualDeviation: Math.sqrt(squares / Math.max(1, targets.length - coefficients.length)),
    r2: 1 - squares / total,
  };
}
