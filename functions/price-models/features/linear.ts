/** Coefficients of a linear model, one per term. */
export type LinearModel = readonly number[];

/** Ridge penalty, in rows: keeps terms that hardly vary from growing without bound. */
const PENALTY_ROWS = 1;

/**
 * The least-squares fit with a small ridge penalty, by the normal equations and Cholesky's decomposition.
 *
 * @param terms by row, without missing values; the first term is expected to be 1
 * @param penaltyRows less where a few rows of a term must tell its coefficient by themselves, > 0
 */
export function fitLinear(
  terms: readonly (readonly number[])[],
  targets: ArrayLike<number>,
  penaltyRows = PENALTY_ROWS,
): LinearModel {
  const size = terms[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  terms.forEach((row, at) => {
    for (let i = 0; i < size; i += 1) {
      const scaled = row[i] as number;
      right[i] = (right[i] as number) + scaled * (targets[at] as number);
      const line = matrix[i] as Float64Array;
      for (let j = 0; j <= i; j += 1) line[j] = (line[j] as number) + scaled * (row[j] as number);
    }
  });
  // The intercept is not penalised.
  for (let i = 1; i < size; i += 1) (matrix[i] as Float64Array)[i] = (matrix[i]?.[i] as number) + penaltyRows;
  return solve(matrix, right);
}

export const predictLinear = (model: LinearModel, terms: readonly number[]): number =>
  model.reduce((sum, coefficient, at) => sum + coefficient * (terms[at] as number), 0);

/** Solves a symmetric positive definite system, given its lower triangle. */
function solve(matrix: readonly Float64Array[], right: Float64Array): number[] {
  const size = right.length;
  const at = (i: number, j: number): number => matrix[i]?.[j] as number;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = at(i, j);
      for (let k = 0; k < j; k += 1) sum -= at(i, k) * at(j, k);
      (matrix[i] as Float64Array)[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
    }
  }
  const solution = Array.from(right);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) solution[i] = (solution[i] as number) - at(i, k) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) solution[i] = (solution[i] as number) - at(k, i) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  return solution;
}
