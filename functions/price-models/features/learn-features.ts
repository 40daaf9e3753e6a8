import type { FeatureMatrix } from '../boosting/feature-matrix.ts';
import type { PriceFacts } from '../price-facts.ts';
import { cleanFacts, type FeaturePlan, type Learnt } from './feature.ts';
import { fitLevels, type Levels } from './levels.ts';
import { fitLinear, predictLinear } from './linear.ts';

/** Rows of a group whose own mean counts as much as the level of the group around it. */
const SHRINK_ROWS = 8;

/** Rows with known prices, from which features learn levels. */
export type PricedRows = {
  readonly facts: readonly PriceFacts[];
  readonly logPrices: Float64Array;
  /** the fold of each row */
  readonly folds: Uint8Array;
  readonly asOfYear: number;
};

/** The features of rows, with what was learnt from others. */
export function buildMatrix(plan: FeaturePlan, rows: readonly PriceFacts[], learnt: Learnt): FeatureMatrix {
  const features = plan.features.length;
  const values = new Float32Array(rows.length * features);
  rows.forEach((given, row) => {
    const facts = cleanFacts(given);
    plan.features.forEach((feature, at) => {
      values[row * features + at] = feature.value(facts, learnt);
    });
  });
  return { values, rows: rows.length, features };
}

/** Learns the levels from all rows, for prices of other rows. */
export function learnFeatures(plan: FeaturePlan, { facts: given, logPrices, asOfYear }: PricedRows): Learnt {
  const facts = given.map(cleanFacts);
  return { asOfYear, levels: levelsOf(plan, facts, residualsOf(plan, facts, logPrices, asOfYear), asOfYear) };
}

/** Facts of a row of the training table, or of a copy of one; its features learn nothing from rows of its fold. */
export type Entry = { readonly facts: PriceFacts; readonly fold: number };

/**
 * The features of entries, where the levels of each are learnt from the rows of other folds only: otherwise the price of a row
 * would be part of its features.
 */
export function buildTrainingMatrix(plan: FeaturePlan, rows: PricedRows, entries: readonly Entry[]): FeatureMatrix {
  const { logPrices, folds, asOfYear } = rows;
  const facts = rows.facts.map(cleanFacts);
  const residuals = residualsOf(plan, facts, logPrices, asOfYear);
  const features = plan.features.length;
  const values = new Float32Array(entries.length * features);
  for (const fold of new Set(folds)) {
    const outside = placesWhere(folds, (each) => each !== fold);
    const known = Float64Array.from(outside, (row) => residuals[row] as number);
    const learnt = { asOfYear, levels: levelsOf(plan, pick(facts, outside), known, asOfYear) };
    const inside = placesWhere(entries, (entry) => entry.fold === fold);
    const matrix = buildMatrix(
      plan,
      inside.map((at) => (entries[at] as Entry).facts),
      learnt,
    );
    inside.forEach((to, from) => {
      values.set(matrix.values.subarray(from * features, (from + 1) * features), to * features);
    });
  }
  return { values, rows: entries.length, features };
}

/** The places of the items for which the condition holds. */
export function placesWhere<Item>(items: ArrayLike<Item>, holds: (item: Item) => boolean): number[] {
  const places: number[] = [];
  for (let at = 0; at < items.length; at += 1) if (holds(items[at] as Item)) places.push(at);
  return places;
}

export const pick = <Item>(items: readonly Item[], places: readonly number[]): Item[] =>
  places.map((place) => items[place] as Item);

function residualsOf(
  { linearTerms }: FeaturePlan,
  rows: readonly PriceFacts[],
  logPrices: Float64Array,
  asOfYear: number,
): Float64Array {
  const terms = rows.map((facts) => linearTerms(facts, asOfYear));
  const model = fitLinear(terms, logPrices);
  return logPrices.map((logPrice, row) => logPrice - predictLinear(model, terms[row] ?? []));
}

function levelsOf(
  { features }: FeaturePlan,
  rows: readonly PriceFacts[],
  residuals: Float64Array,
  asOfYear: number,
): Record<string, Levels> {
  const levels: Record<string, Levels> = {};
  for (const { name, groups, learntFrom } of features) {
    if (!groups) continue;
    const counts = (facts: PriceFacts): boolean => learntFrom?.(facts, asOfYear) ?? true;
    levels[name] = fitLevels(
      rows.map((facts) => (counts(facts) ? (groups(facts) ?? []) : [])),
      residuals,
      SHRINK_ROWS,
    );
  }
  return levels;
}
