import { quantileOf } from '../boosting/objectives.ts';
import { PLANS } from '../feature-plans.ts';
import { placesWhere } from '../features/learn-features.ts';
import { fitLinear, predictLinear } from '../features/linear.ts';
import type { Judged } from './evaluate.ts';
import { foldsOf } from './folds.ts';
import { judgeModel } from './judge-model.ts';
import { type PriceTable, selectTable } from './price-table.ts';
import type { Recipe } from './recipe.ts';
import { trainPriceModel } from './train-price-model.ts';

/** A row that no training has seen, with what baselines say of it. In units of the currency. */
export type HeldOut = Judged & {
  /** place in the table */
  readonly row: number;
  readonly medianBaseline: number;
  readonly linearBaseline: number;
};

/** One in this many things is held out. */
const PARTS = 7;

export type Split = { readonly training: readonly number[]; readonly test: readonly number[] };

/** A random split that keeps the rows of one thing together. */
export function randomSplit({ groups }: PriceTable, seed: number): Split {
  const parts = foldsOf(groups, PARTS, seed);
  return {
    training: placesWhere(parts, (part) => part !== 0),
    test: placesWhere(parts, (part) => part === 0),
  };
}

/** The newest fifth of the rows is the test of a backtest. */
const NEWEST_RATIO = 0.2;

/**
 * The oldest rows to train on, the newest to test; rows of the test whose thing is also in training are left out, so that no
 * price is known twice. Undefined for a table without days.
 */
export function timeSplit({ days, groups }: PriceTable): Split | undefined {
  if (days.length === 0) return undefined;
  const order = [...days.keys()].toSorted((a, b) => (days[a] as string).localeCompare(days[b] as string));
  const firstNew = days[order[Math.floor((1 - NEWEST_RATIO) * order.length)] as number] as string;
  const training = order.filter((row) => (days[row] as string) < firstNew);
  const known = new Set(training.map((row) => groups[row]));
  return { training, test: order.filter((row) => (days[row] as string) >= firstNew && !known.has(groups[row])) };
}

/** Trains on one side of a split and judges the other. */
export function judgeHeldOut(table: PriceTable, recipe: Recipe, { training, test }: Split): HeldOut[] {
  const known = selectTable(table, training);
  const unseen = selectTable(table, test);
  const judged = judgeModel(trainPriceModel(known, recipe), unseen);
  const median = quantileOf(known.prices.slice(), 0.5);
  const linear = linearBaseline(known, recipe);
  return judged.map((each, at) => ({
    ...each,
    row: test[at] as number,
    medianBaseline: median,
    linearBaseline: linear(unseen, at),
  }));
}

/** The linear model of the logarithm, from the same facts. */
function linearBaseline(known: PriceTable, { plan, asOfYear }: Recipe): (table: PriceTable, row: number) => number {
  const { linearTerms } = PLANS[plan];
  const termsOf = ({ facts }: PriceTable, row: number) => linearTerms(facts[row] ?? {}, asOfYear);
  const model = fitLinear(
    known.facts.map((_, row) => termsOf(known, row)),
    known.prices.map(Math.log),
  );
  return (table, row) => Math.exp(predictLinear(model, termsOf(table, row)));
}
