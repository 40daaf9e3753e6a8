/** mulberry32: numbers from 0 to 1 that depend on the seed alone. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of the entries, each as likely as another, in the order given; the same seed draws the same. */
export function sampleOf<Entry>(entries: readonly Entry[], count: number, seed: number): readonly Entry[] {
  const random = randomFrom(seed);
  const drawn = entries.map((_, index) => ({ index, lot: random() })).toSorted((a, b) => a.lot - b.lot);
  const chosen = new Set(drawn.slice(0, count).map(({ index }) => index));
  return entries.filter((_, index) => chosen.has(index));
}
