import { seededRandom, shuffledIndices } from '../boosting/random.ts';

/**
 * A fold for each row, such that rows of a group share one: advertisements of one car, sales of one house. The folds are about
 * equally large.
 */
export function foldsOf(groups: readonly string[], count: number, seed: number): Uint8Array {
  const places = new Map([...new Set(groups)].map((group, at) => [group, at] as const));
  const order = shuffledIndices(places.size, seededRandom(seed));
  return Uint8Array.from(groups, (group) => (order[places.get(group) as number] as number) % count);
}
