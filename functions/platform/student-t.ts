/** The 90 % quantiles of Student's t distribution for 1, 2, 3 … degrees of freedom (standard table). */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341];
/** The standard normal distribution's, which is that of infinitely many degrees. */
const Z_90 = 1.2816;

/**
 * Student's t at 90 %, linear in 1/degrees between the entries of the table and from its last to infinity.
 *
 * @param degrees of freedom; below 1 as of 1
 */
export function studentT90(degrees: number): number {
  const last = T_90.length;
  if (degrees <= 1) return T_90[0] ?? Z_90;
  if (degrees >= last) return Z_90 + ((T_90[last - 1] ?? Z_90) - Z_90) * (last / degrees);
  const below = Math.floor(degrees);
  const [lower = Z_90, upper = Z_90] = [T_90[below - 1], T_90[below]];
  return lower + (upper - lower) * ((1 / below - 1 / degrees) / (1 / below - 1 / (below + 1)));
}
