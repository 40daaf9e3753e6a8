/** Numbers in [0, 1) that a seed determines, so that a training can be repeated to the bit. */
export type Random = () => number;

/** The generator mulberry32: 32 bits of state, enough for sampling rows and features. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random order of the numbers from 0 to count - 1 (Fisher-Yates). */
export function shuffledIndices(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = order[last] as number;
    order[last] = order[other] as number;
    order[other] = moved;
  }
  return order;
}

/** A random sample of the numbers from 0 to count - 1, ascending, without replacement; at least one. */
export function sampleIndices(count: number, shareRatio: number, random: Random): Int32Array {
  const size = Math.max(1, Math.round(count * shareRatio));
  return size >= count
    ? Int32Array.from({ length: count }, (_, index) => index)
    : shuffledIndices(count, random).subarray(0, size).sort();
}
