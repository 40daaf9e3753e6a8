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
