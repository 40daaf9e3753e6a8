import { quantileOf } from '../boosting/objectives.ts';
import type { Coverage } from '../price-model-schema.ts';

/** What an evaluation needs of the estimate of a held-out row. In units of the currency. */
export type Judged = {
  readonly price: number;
  readonly value: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
};

export type PriceErrors = {
  readonly rows: number;
  readonly rmse: number;
  /** mean absolute error */
  readonly mae: number;
  readonly r2: number;
  readonly medianErrorRatio: number;
  /** share of rows whose value is off by 10 % at most */
  readonly within10Ratio: number;
};

/** The errors of the values. */
export function errorsOf(rows: readonly Pick<Judged, 'price' | 'value'>[]): PriceErrors {
  const errors = rows.map(({ price, value }) => value - price);
  const mean = rows.reduce((sum, { price }) => sum + price, 0) / rows.length;
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const total = rows.reduce((sum, { price }) => sum + (price - mean) ** 2, 0);
  const ratios = Float64Array.from(rows, ({ price }, at) => Math.abs(errors[at] as number) / price);
  return {
    rows: rows.length,
    rmse: Math.sqrt(squares / rows.length),
    mae: errors.reduce((sum, error) => sum + Math.abs(error), 0) / rows.length,
    r2: 1 - squares / total,
    medianErrorRatio: quantileOf(ratios.slice(), 0.5),
    within10Ratio: ratios.filter((ratio) => ratio <= 0.1).length / rows.length,
  };
}

/** The share of rows whose price lies in its interval. */
export const coveredRatio = (rows: readonly Judged[]): number =>
  rows.filter(({ price, p10, p90 }) => price >= p10 && price <= p90).length / rows.length;

/** Parts of the rows with equally many each, by the given number, lowest first. */
export function quartersBy(rows: readonly Judged[], by: (row: Judged) => number): Judged[][] {
  const sorted = rows.toSorted((a, b) => by(a) - by(b));
  return [0, 1, 2, 3].map((quarter) =>
    sorted.slice(Math.floor((quarter * sorted.length) / 4), Math.floor(((quarter + 1) * sorted.length) / 4)),
  );
}

const cents = (amount: number): number => Math.round(100 * amount);

/** The coverage overall and in each quarter of the rows by predicted median. */
export function coverageOf(rows: readonly Judged[]): Coverage {
  const ratioOf = (some: readonly Judged[]): number => Math.round(1000 * coveredRatio(some)) / 1000;
  return {
    coverageRatio: ratioOf(rows),
    heldOutRows: rows.length,
    bands: quartersBy(rows, ({ p50 }) => p50).map((quarter) => ({
      fromCents: cents(quarter[0]?.p50 ?? 0),
      toCents: cents(quarter.at(-1)?.p50 ?? 0),
      coverageRatio: ratioOf(quarter),
    })),
  };
}
