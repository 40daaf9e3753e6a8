/** A statement about a score: its value, and the standard deviation of its error. */
export type Statement = { readonly score: number; readonly spread: number };

/** Several independent statements as one, by inverse-variance weighting: mean with weights 1 / spread², spread 1 / sqrt(sum of weights). */
export function combine(statements: readonly Statement[]): Statement {
  const weights = statements.map(({ spread }) => 1 / spread ** 2);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const score = statements.reduce((sum, statement, index) => sum + statement.score * (weights[index] ?? 0), 0) / whole;
  return { score, spread: 1 / Math.sqrt(whole) };
}

/** Linear interpolation in a table sorted by `at`; beyond its ends the value of the end. */
export function interpolate(table: readonly (readonly [at: number, value: number])[], at: number): number {
  const next = table.findIndex(([x]) => x >= at);
  const [x1, y1] = table[next === -1 ? table.length - 1 : next] ?? [0, 0];
  const [x0, y0] = table[Math.max(0, next - 1)] ?? [x1, y1];
  if (next <= 0) return y1;
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}
