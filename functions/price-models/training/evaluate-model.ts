import { PLANS } from '../feature-plans.ts';
import { pick } from '../features/learn-features.ts';
import type { PriceFacts } from '../price-facts.ts';
import { rmseDifference } from './bootstrap.ts';
import { coveredRatio, errorsOf } from './evaluate.ts';
import { gateOf } from './gate.ts';
import { type HeldOut, judgeHeldOut, randomSplit, timeSplit } from './hold-out.ts';
import type { PriceTable } from './price-table.ts';
import type { Recipe } from './recipe.ts';
import type { Contender, Evaluation } from './report/evaluation.ts';
import { segmentsOf } from './segments.ts';

/** What the evaluation cannot see from the table. */
export type EvaluationContext = Pick<Evaluation, 'name' | 'leftOut' | 'wrong' | 'unusedColumns'>;

/** The values of an active model for rows; its training may have seen some of them. */
export type ActiveModel = { readonly name: string; readonly values: ReadonlyMap<number, number> };

/** Rows of the random split that judge a model. */
export const heldOutRows = (table: PriceTable, recipe: Recipe): HeldOut[] =>
  judgeHeldOut(table, recipe, randomSplit(table, recipe.seed));

/**
 * The evaluation of a recipe: on held-out rows against the baselines and the active model, by segment, and over time.
 *
 * @param judged of `heldOutRows`
 */
export function evaluateModel(
  table: PriceTable,
  recipe: Recipe,
  judged: readonly HeldOut[],
  context: EvaluationContext,
  active?: ActiveModel,
): Evaluation {
  const { kind } = PLANS[recipe.plan];
  const errors = errorsOf(judged);
  const contender = (name: string, value: (row: HeldOut) => number): Contender => ({
    name,
    errors: errorsOf(judged.map((row) => ({ ...row, value: value(row) }))),
    difference: rmseDifference(judged, (row) => row.value, value),
  });
  const activeValue = (row: HeldOut): number => active?.values.get(row.row) ?? Number.NaN;
  const rival = active && contender(`active model ${active.name}`, activeValue);
  const facts: PriceFacts[] = pick(
    table.facts,
    judged.map(({ row }) => row),
  );
  return {
    ...context,
    kind,
    market: recipe.market,
    trainingRows: table.facts.length,
    repeatedRows: table.groups.length - new Set(table.groups).size,
    judged,
    contenders: [
      { name: context.name, errors },
      ...(rival ? [rival] : []),
      contender('linear model of the logarithm', (row) => row.linearBaseline),
      contender('median of all prices', (row) => row.medianBaseline),
    ],
    segments: segmentsOf(kind, facts, judged),
    ...backtestOf(table, recipe),
    gate: gateOf(kind, errors, rival?.difference),
  };
}

function backtestOf(table: PriceTable, recipe: Recipe): Pick<Evaluation, 'backtest'> {
  const split = timeSplit(table);
  const [first] = split?.test ?? [];
  if (!split || first === undefined) return {};
  const judged = judgeHeldOut(table, recipe, split);
  return {
    backtest: { from: table.days[first] as string, errors: errorsOf(judged), coverageRatio: coveredRatio(judged) },
  };
}
