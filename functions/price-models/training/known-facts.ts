import { quantileOf } from '../boosting/objectives.ts';
import { typicalOf } from '../fact-groups.ts';
import { cleanFacts } from '../features/feature.ts';
import type { PriceFacts } from '../price-facts.ts';

/** Beyond these quantiles a number counts as outside of the training data: single rows teach nothing. */
const EXTREME_RATIO = 0.001;
/** Rows of a word from which on a model knows it. */
const KNOWN_ROWS = 5;

export function knownRanges(rows: readonly PriceFacts[]): Record<string, [number, number]> {
  return overNumbers(rows, (values) => [quantileOf(values, EXTREME_RATIO), quantileOf(values, 1 - EXTREME_RATIO)]);
}

/** The median of each number, and of the odometer also by model year. */
export function typicalNumbers(rows: readonly PriceFacts[]): Record<string, number> {
  const median = (values: Float64Array): number => quantileOf(values, 0.5);
  const ofYears = [...Map.groupBy(rows, ({ modelYear }) => modelYear)].flatMap(([year, sameYear]) => {
    const { odometerMiles } = overNumbers(sameYear, median);
    const isKnown = typeof year === 'number' && odometerMiles !== undefined && sameYear.length >= KNOWN_ROWS;
    return isKnown ? [[typicalOf('odometerMiles', year), odometerMiles] as const] : [];
  });
  return { ...overNumbers(rows, median), ...Object.fromEntries(ofYears) };
}

function overNumbers<Result>(
  rows: readonly PriceFacts[],
  compute: (values: Float64Array) => Result,
): Record<string, Result> {
  const values: Record<string, number[]> = {};
  for (const facts of rows) {
    for (const [fact, value] of Object.entries(facts)) {
      if (typeof value !== 'number') continue;
      const known = values[fact] ?? [];
      values[fact] = known;
      known.push(value);
    }
  }
  return Object.fromEntries(Object.entries(values).map(([fact, all]) => [fact, compute(Float64Array.from(all))]));
}

/** The words of each fact that are frequent enough; of `model`, with its make. */
export function knownWords(rows: readonly PriceFacts[]): Record<string, string[]> {
  const counts: Record<string, Map<string, number>> = {};
  for (const facts of rows) {
    for (const [fact, value] of Object.entries(cleanFacts(facts))) {
      if (typeof value !== 'string') continue;

      const known = counts[fact] ?? new Map<string, number>();
      counts[fact] = known;
      known.set(value, (known.get(value) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    Object.entries(counts).map(([fact, words]) => [
      fact,
      [...words].filter(([, count]) => count >= KNOWN_ROWS).map(([word]) => word),
    ]),
  );
}
