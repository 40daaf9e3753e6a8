/**
 * Mean residuals of groups within groups, such as of a make, of its models, of these with a body type: each mean is drawn
 * towards that of the group around it, the more so the fewer rows the group has. By key.
 */
export type Levels = Readonly<Record<string, number>>;

/**
 * level(group) = (sum of its residuals + shrinkRows x level(group around)) / (rows + shrinkRows); the outermost level is 0.
 *
 * @param chains by row, keys from the outermost group to the innermost; a key belongs to one group around it
 */
export function fitLevels(
  chains: readonly (readonly string[])[],
  residuals: ArrayLike<number>,
  shrinkRows: number,
): Levels {
  const groups = new Map<string, { sum: number; rows: number; around: string | undefined }>();
  chains.forEach((chain, row) => {
    chain.forEach((key, depth) => {
      const group = groups.get(key) ?? { sum: 0, rows: 0, around: chain[depth - 1] };
      groups.set(key, group);
      group.sum += residuals[row] as number;
      group.rows += 1;
    });
  });
  const levels: Record<string, number> = {};
  // A group comes after the one around it, because chains begin with the outermost.
  for (const [key, { sum, rows, around }] of groups) {
    const outer = around === undefined ? 0 : (levels[around] ?? 0);
    levels[key] = (sum + shrinkRows * outer) / (rows + shrinkRows);
  }
  return levels;
}

/** The level of the innermost known group; NaN where not even the outermost is known. */
export function levelOf(levels: Levels, chain: readonly string[]): number {
  const known = chain.findLast((key) => levels[key] !== undefined);
  return known === undefined ? Number.NaN : (levels[known] as number);
}
