import { quantileOf } from '../boosting/objectives.ts';
import { seededRandom } from '../boosting/random.ts';
import type { Judged } from './evaluate.ts';

/** A difference with its bootstrap interval of 95 %. */
export type Difference = { readonly estimate: number; readonly low: number; readonly high: number };

/** Resamples, enough for two digits of an interval. */
const RESAMPLES = 400;

/**
 * RMSE of the one minus that of the other on the same rows, with the interval over resamples of the rows: below 0 throughout, the
 * first is better.
 */
export function rmseDifference<Row extends Judged>(
  rows: readonly Row[],
  one: (row: Row) => number,
  other: (row: Row) => number,
  seed = 1,
): Difference {
  const squares = rows.map((row) => [(one(row) - row.price) ** 2, (other(row) - row.price) ** 2] as const);
  const differenceOf = (places: Iterable<number>): number => {
    let first = 0;
    let second = 0;
    for (const place of places) {
      const [a, b] = squares[place] as readonly [number, number];
      first += a;
      second += b;
    }
    return Math.sqrt(first / rows.length) - Math.sqrt(second / rows.length);
  };
  const random = seededRandom(seed);
  const resampled = Float64Array.from({ length: RESAMPLES }, () =>
    differenceOf(rows.map(() => Math.floor(random() * rows.length))),
  );
  return {
    estimate: differenceOf(rows.keys()),
    low: quantileOf(resampled, 0.025),
    high: quantileOf(resampled, 0.975),
  };
}
