import { huber } from '../boosting/objectives.ts';
import { sampleIndices, seededRandom } from '../boosting/random.ts';
import type { Ensemble } from '../boosting/tree.ts';
import { PLANS } from '../feature-plans.ts';
import { buildTrainingMatrix, type Entry, learnFeatures } from '../features/learn-features.ts';
import type { PriceModelSchema } from '../price-model-schema.ts';
import { blankFacts } from './blank-facts.ts';
import { correctionsBySquare } from './corrections-by-square.ts';
import { crossFit, fitSpread } from './cross-fit.ts';
import { dearWeights } from './dear-weights.ts';
import { foldsOf } from './folds.ts';
import { knownRanges, knownWords, typicalNumbers } from './known-facts.ts';
import type { PriceTable } from './price-table.ts';
import type { Recipe } from './recipe.ts';

/** A model but for its name, version and measured coverage. */
export type TrainedModel = {
  readonly schema: Omit<PriceModelSchema, 'name' | 'version' | 'coverage'>;
  /** in the order of PriceModelSchema's outputs */
  readonly ensembles: readonly Ensemble[];
};

/** Trains the members and intervals of a model from a table, all of whose rows it may use. */
export function trainPriceModel(table: PriceTable, recipe: Recipe): TrainedModel {
  const plan = PLANS[recipe.plan];
  const logPrices = table.prices.map(Math.log);
  // Of rows, not of things: most of what will be valued was not advertised before, but prices of what was are known better, and
  // a member that meets a thing again may learn as much. What is held out keeps things together.
  const folds = foldsOf(
    table.facts.map((_, row) => String(row)),
    recipe.members,
    recipe.seed,
  );
  const rows = { facts: table.facts, logPrices, folds, asOfYear: recipe.asOfYear };
  const { entries, sources } = entriesOf(table, folds, recipe);
  const sample = {
    matrix: buildTrainingMatrix(plan, rows, entries),
    targets: Float64Array.from(sources, (row) => logPrices[row] as number),
    folds: Uint8Array.from(entries, ({ fold }) => fold),
  };
  const monotone = plan.features.map((feature) => feature.monotone);
  const weights = dearWeights(
    sources.map((row) => table.prices[row] as number),
    recipe.dearPower,
  );
  const centre = crossFit(
    { ...sample, weights },
    { ...recipe.centre, objective: huber(recipe.outlierLog), monotone, seed: recipe.seed },
  );
  const residuals = sample.targets.map((target, at) => target - (centre.outOfFold[at] as number));
  const originals = table.facts.map((_, row) => row);
  const spread = fitSpread({ ...sample, targets: residuals }, originals, { ...recipe.spread, seed: recipe.seed });
  const { lowShift, highShift } = spread;
  const bySquare = correctionsBySquare(table.facts, spread);
  return {
    schema: {
      format: 1,
      kind: plan.kind,
      plan: recipe.plan,
      features: plan.features.map(({ name }) => name),
      market: recipe.market,
      learnt: learnFeatures(plan, rows),
      members: recipe.members,
      calibration: { lowShift, highShift, ...(bySquare && { bySquare }), outOfRangeFactor: 1 },
      ranges: knownRanges(table.facts),
      words: knownWords(table.facts),
      typical: typicalNumbers(table.facts),
    },
    ensembles: [...centre.members, spread.low, spread.high],
  };
}

/** The rows, then copies of some of them with facts removed; `sources` are the rows by entry. */
function entriesOf(
  { facts }: PriceTable,
  folds: Uint8Array,
  { plan, blankRatio, seed }: Recipe,
): { readonly entries: readonly Entry[]; readonly sources: readonly number[] } {
  const copied = sampleIndices(facts.length, blankRatio, seededRandom(seed));
  const copies = blankFacts(PLANS[plan].kind, facts, copied, seed);
  const sources = [...facts.keys(), ...copied];
  const entries = [...facts, ...copies].map((each, at) => ({
    facts: each,
    fold: folds[sources[at] as number] as number,
  }));
  return { entries, sources };
}
