/** The value below which this share of sorted numbers lies, by linear interpolation between neighbours. */
export function quantileOf(sorted: readonly number[], shareRatio: number): number {
  const at = shareRatio * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new Error('expected at least one number');
  return low + (at - Math.floor(at)) * (high - low);
}

/** Number of prices with their quartiles, in whole cents. */
export function spreadOf(cents: readonly number[]) {
  const sorted = cents.toSorted((a, b) => a - b);
  const [p25Cents = 0, medianCents = 0, p75Cents = 0] = [0.25, 0.5, 0.75].map((share) =>
    Math.round(quantileOf(sorted, share)),
  );
  return { rows: cents.length, p25Cents, medianCents, p75Cents };
}

/** Mean and standard deviation, in whole cents. */
export function momentsOf(cents: readonly number[]) {
  const mean = cents.reduce((sum, each) => sum + each, 0) / cents.length;
  const squares = cents.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { meanCents: Math.round(mean), standardDeviationCents: Math.round(Math.sqrt(squares / cents.length)) };
}

/** Bins of a histogram, without the one above. Chosen by eye. */
const BINS = 20;
/** Above this quantile a few prices would stretch every bin. Chosen by eye. */
const TOP_RATIO = 0.99;

/** Counts prices in BINS of equal width from the lowest to the TOP_RATIO quantile, and in one above. */
export function histogramOf(cents: readonly number[]) {
  const sorted = cents.toSorted((a, b) => a - b);
  const lowest = sorted[0] ?? 0;
  const highest = sorted.at(-1) ?? 0;
  const width = Math.max(1, Math.ceil((quantileOf(sorted, TOP_RATIO) - lowest) / BINS));
  const starts = Array.from({ length: BINS + 1 }, (_, bin) => lowest + bin * width);
  const rows = starts.map(() => 0);
  for (const each of cents) {
    const bin = Math.min(BINS, Math.floor((each - lowest) / width));
    rows[bin] = (rows[bin] ?? 0) + 1;
  }
  return starts
    .map((fromCents, bin) => ({
      fromCents,
      toCents: bin === BINS ? Math.max(highest, fromCents) : fromCents + width,
      rows: rows[bin] ?? 0,
    }))
    .filter(({ fromCents }) => fromCents <= highest);
}
