import { quantileOf } from '../boosting/objectives.ts';
import { cleanFacts } from '../features/feature.ts';
import type { PriceFacts, PriceKind } from '../price-facts.ts';
import { coveredRatio, type Judged } from './evaluate.ts';

export type Segment = {
  readonly name: string;
  readonly rows: number;
  readonly medianErrorRatio: number;
  /** median of value / price - 1: above 0 the model values too high */
  readonly biasRatio: number;
  readonly coverageRatio: number;
};

/** Rows of a segment, at least: the figures of fewer are noise. */
const LEAST_ROWS = 30;

/** A band of a number, such as "modelYear 2010 to 2014". */
const bandOf = (facts: PriceFacts, fact: string, width: number): string => {
  const value = facts[fact];
  if (typeof value !== 'number') return `${fact} unknown`;
  const low = Math.floor(value / width) * width;
  return `${fact} ${low.toLocaleString('en-US', { useGrouping: width > 100 })} to ${(low + width - 1).toLocaleString('en-US', { useGrouping: width > 100 })}`;
};

/** The segments of a row: figures differ most by these. */
const NAMES: Record<PriceKind, (facts: PriceFacts) => readonly string[]> = {
  vehicle: (facts) => [
    `make ${facts.make}`,
    bandOf(facts, 'modelYear', 5),
    bandOf(facts, 'odometerMiles', 50_000),
    `condition ${facts.condition ?? 'unknown'}`,
    `fuel ${facts.fuel ?? 'unknown'}`,
    `body ${facts.bodyType ?? 'unknown'}`,
  ],
  house: (facts) => [
    `ZIP ${facts.zipCode ?? 'unknown'}`,
    `grade ${facts.grade ?? 'unknown'}`,
    `condition ${facts.condition ?? 'unknown'}`,
    bandOf(facts, 'livingAreaSqft', 1000),
    bandOf(facts, 'yearBuilt', 20),
  ],
};

/** Errors and coverage of each segment with enough rows, in the order of their names. */
export function segmentsOf(kind: PriceKind, facts: readonly PriceFacts[], judged: readonly Judged[]): Segment[] {
  const bySegment = new Map<string, Judged[]>();
  judged.forEach((row, at) => {
    for (const name of NAMES[kind](cleanFacts(facts[at] ?? {}))) {
      const known = bySegment.get(name) ?? [];
      bySegment.set(name, known);
      known.push(row);
    }
  });
  return [...bySegment]
    .filter(([, rows]) => rows.length >= LEAST_ROWS)
    .map(([name, rows]) => segmentOf(name, rows))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function segmentOf(name: string, rows: readonly Judged[]): Segment {
  const ratios = rows.map(({ price, value }) => value / price - 1);
  return {
    name,
    rows: rows.length,
    medianErrorRatio: quantileOf(Float64Array.from(ratios, Math.abs), 0.5),
    biasRatio: quantileOf(Float64Array.from(ratios), 0.5),
    coverageRatio: coveredRatio(rows),
  };
}
