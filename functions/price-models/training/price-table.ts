import type { PriceFacts } from '../price-facts.ts';

/** Rows with known prices, to train and to judge a model. */
export type PriceTable = {
  readonly facts: readonly PriceFacts[];
  /** in units of the currency, not cents */
  readonly prices: Float64Array;
  /** rows of one group are one thing, offered or sold more than once: they are never on both sides of a split */
  readonly groups: readonly string[];
  /** day of each price, YYYY-MM-DD; empty where the table has none */
  readonly days: readonly string[];
};

export function selectTable({ facts, prices, groups, days }: PriceTable, rows: readonly number[]): PriceTable {
  return {
    facts: rows.map((row) => facts[row] as PriceFacts),
    prices: Float64Array.from(rows, (row) => prices[row] as number),
    groups: rows.map((row) => groups[row] as string),
    days: days.length === 0 ? [] : rows.map((row) => days[row] as string),
  };
}
