import type { Datum, Measure } from '../types.ts';

export type MetricName = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
};

/** Samples by metric; the alarm board drops those older than twice the longest evaluation range. */
export type MetricStore = {
  readonly measure: Measure;
  /** values in [from, to) */
  readonly values: (name: MetricName, fromMs: number, toMs: number) => readonly number[];
  readonly all: () => readonly Datum[];
  readonly forgetBefore: (timeMs: number) => void;
};

export function metricStore(): MetricStore {
  const series = new Map<string, Datum[]>();
  return {
    measure: (datum) => {
      const key = keyOf(datum);
      const samples = series.get(key);
      if (samples) samples.push(datum);
      else series.set(key, [datum]);
    },
    values: (name, fromMs, toMs) =>
      (series.get(keyOf(name)) ?? []).filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ value }) => value),
    all: () => [...series.values()].flat(),
    forgetBefore: (timeMs) => {
      for (const [key, samples] of series) {
        const kept = samples.filter(({ atMs }) => atMs >= timeMs);
        if (kept.length > 0) series.set(key, kept);
        else series.delete(key);
      }
    },
  };
}

/** Each set of dimensions is a metric of its own, as in CloudWatch. */
function keyOf({ namespace, metric, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, metric, sorted]);
}
