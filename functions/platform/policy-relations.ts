import { z } from 'zod';
import type { Contradiction } from './policy.ts';

type Path = Contradiction['path'];

/** Rounding error of a sum of shares. */
const EPSILON = 1e-9;

/** An object with one field for each of these names. */
export const eachOf = <const Name extends string, Schema extends z.ZodType>(
  names: readonly Name[],
  schemaOf: (name: Name) => Schema,
): z.ZodObject<Record<Name, Schema>, z.core.$strict> =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schemaOf(name)])) as Record<Name, Schema>);

/** The shares of a distribution are all of it. */
export function addUpToOne(path: Path, shares: readonly number[]): Contradiction[] {
  const sum = sumOf(shares);
  return Math.abs(sum - 1) <= EPSILON ? [] : [{ path, message: `expected shares that add up to 1, not to ${sum}` }];
}

/** A value of a table and where it is. */
export type Entry = readonly [path: Path, value: number];

/**
 * No value is less than the one before it.
 *
 * @param what a value is, such as "a class"
 */
export const neverFall = (what: string, entries: readonly Entry[]): Contradiction[] =>
  followEachOther(entries, (before, after) => after >= before, `expected ${what} of at least`);

/** No value is more than the one before it. */
export const neverRise = (what: string, entries: readonly Entry[]): Contradiction[] =>
  followEachOther(entries, (before, after) => after <= before, `expected ${what} of at most`);

/** Every value is more than the one before it. */
export const rise = (what: string, entries: readonly Entry[]): Contradiction[] =>
  followEachOther(entries, (before, after) => after > before, `expected ${what} of more than`);

function followEachOther(
  entries: readonly Entry[],
  holds: (before: number, after: number) => boolean,
  expected: string,
): Contradiction[] {
  return entries.slice(1).flatMap(([path, value], index) => {
    const [beforePath, before] = entries[index] ?? [[], value];
    return holds(before, value) ? [] : [{ path, message: `${expected} ${before}, as ${beforePath.join('.')} is` }];
  });
}

/**
 * A distribution over classes, the first the best, is nowhere better than another: up to every class it has at most as much.
 *
 * Ratings keep this order (first-order stochastic dominance), so that what starts worse ends no better.
 */
export function noBetterThan(
  path: Path,
  shares: readonly number[],
  better: Entry[0],
  than: readonly number[],
): Contradiction[] {
  const isBetter = shares.some(
    (_, index) => sumOf(shares.slice(0, index + 1)) > sumOf(than.slice(0, index + 1)) + EPSILON,
  );
  return isBetter
    ? [{ path, message: `expected shares that are nowhere better than those of ${better.join('.')}` }]
    : [];
}

const sumOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);

/** Quantiles of a range, and that it holds at least 80 % of the probability, which is what every answer says of it. */
export const rangeQuantiles = () =>
  z
    .strictObject({
      from: z
        .number()
        .min(0)
        .max(0.1)
        .describe('The share of the distribution that is better than the range, at most 0.1.'),
      to: z
        .number()
        .min(0.9)
        .max(1)
        .describe('The share of the distribution up to the end of the range, at least 0.9.'),
    })
    .describe('Where the range of a rating begins and ends, so that it covers 80 % or more.');
