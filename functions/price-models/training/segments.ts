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

/** A band of a number, such as "model year 2010 to 2014". */
const bandOf = (facts: PriceFacts, fact: string, label: string, width: number): string => {
  const value = facts[fact];
  if (typeof value !== 'number') return `${label} unknown`;
  const low = Math.floor(value / width) * width;
  return `${label} ${low.toLocaleString('en-US', { useGrouping: width > 100 })} to ${(low + width - 1).toLocaleString('en-US', { useGrouping: width > 100 })}`;
};

const ZIP = 'ZIP ';

/** The segments of a row: figures differ most by these. */
const NAMES: Record<PriceKind, (facts: PriceFacts) => readonly string[]> = {
  vehicle: (facts) => [
    `make ${facts.make}`,
    bandOf(facts, 'modelYear', 'model year', 5),
    bandOf(facts, 'odometerMiles', 'miles', 50_000),
    `condition ${facts.condition ?? 'unknown'}`,
    `fuel ${facts.fuel ?? 'unknown'}`,
    `body ${facts.bodyType ?? 'unknown'}`,
  ],
  house: (facts) => [
    `${ZIP}${facts.zipCode ?? 'unknown'}`,
    `grade ${facts.grade ?? 'unknown'}`,
    `condition ${facts.condition ?? 'unknown'}`,
    bandOf(facts, 'livingAreaSqft', 'square feet', 1000),
    bandOf(facts, 'yearBuilt', 'built', 20),
  ],
};

/** Errors and coverage of each segment with enough rows, but not all of them, in the order of their names. */
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
    .filter(([, rows]) => rows.length >= LEAST_ROWS && rows.length < judged.length)
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

export type CoverageSpread = {
  readonly segments: number;
  readonly lowestRatio: number;
  readonly highestRatio: number;
  /** standard deviation of the coverage between the segments, weighted by their rows */
  readonly deviationRatio: number;
  /** what the deviation would be if all had the same coverage: rows are few */
  readonly chanceRatio: number;
};

/** How much coverage differs between segments, such as ZIP codes; undefined for fewer than two. */
export function coverageSpread(segments: readonly Segment[]): CoverageSpread | undefined {
  if (segments.length < 2) return undefined;
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const mean = (value: (segment: Segment) => number): number =>
    segments.reduce((sum, segment) => sum + segment.rows * value(segment), 0) / rows;
  const whole = mean(({ coverageRatio }) => coverageRatio);
  const ratios = segments.map(({ coverageRatio }) => coverageRatio);
  return {
    segments: segments.length,
    lowestRatio: Math.min(...ratios),
    highestRatio: Math.max(...ratios),
    deviationRatio: Math.sqrt(mean(({ coverageRatio }) => (coverageRatio - whole) ** 2)),
    chanceRatio: Math.sqrt(mean((segment) => (whole * (1 - whole)) / segment.rows)),
  };
}

/** The segments of places. */
export const zipSegments = (segments: readonly Segment[]): Segment[] =>
  segments.filter(({ name }) => name.startsWith(ZIP));
