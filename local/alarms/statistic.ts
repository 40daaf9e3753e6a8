/** One number of a period's samples; undefined when there were none. */
export type Statistic = (values: readonly number[]) => number | undefined;

const STATISTICS: { readonly [name: string]: (values: readonly number[]) => number } = {
  sum: total,
  average: (values) => total(values) / values.length,
  minimum: (values) => Math.min(...values),
  maximum: (values) => Math.max(...values),
  samplecount: (values) => values.length,
};

/** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99.9`; undefined for any other. */
export function statisticOf(name: string): Statistic | undefined {
  const percentile = /^p(\d+(?:\.\d+)?)$/i.exec(name);
  const plain = percentile
    ? (values: readonly number[]) => percentileOf(values, Number(percentile[1]))
    : STATISTICS[name.toLowerCase()];
  return plain && ((values) => (values.length === 0 ? undefined : plain(values)));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Linear interpolation between the two samples next to the rank. */
function percentileOf(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (above - below) * (rank - Math.floor(rank));
}
