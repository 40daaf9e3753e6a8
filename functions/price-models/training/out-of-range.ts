import { quantileOf } from '../boosting/objectives.ts';
import { placesWhere } from '../features/learn-features.ts';
import type { PriceFacts } from '../price-facts.ts';
import { LEVEL_RATIO } from '../price-model-schema.ts';
import { judgeModel } from './judge-model.ts';
import { type PriceTable, selectTable } from './price-table.ts';
import type { Recipe } from './recipe.ts';
import { trainPriceModel } from './train-price-model.ts';

/** Numbers that may lie outside of the training data with an effect on the price, by kind of plan. */
const MAIN_NUMBERS: Record<Recipe['plan'], readonly string[]> = {
  'us-vehicle': ['modelYear', 'odometerMiles'],
  'uk-vehicle': ['modelYear', 'odometerMiles', 'engineLitres'],
  house: ['livingAreaSqft', 'lotAreaSqft', 'neighbourLivingAreaSqft'],
};

/** The share of rows at either end of a number that the measurement hides. */
const HIDDEN_RATIO = 0.02;
/** Members of the model that is trained for the measurement only. */
const MEMBERS = 2;

/**
 * By how much intervals must widen outside of the training data: a model is trained without the rows at either end of the main
 * numbers, and the factor is the least that makes its intervals hold LEVEL_RATIO of their prices. At least 1.
 */
export function measureOutOfRangeFactor(table: PriceTable, recipe: Recipe): number {
  const limits = MAIN_NUMBERS[recipe.plan].map((fact) => {
    const known = Float64Array.from(
      table.facts.map((facts) => facts[fact]).filter((value) => typeof value === 'number'),
    );
    return { fact, low: quantileOf(known, HIDDEN_RATIO), high: quantileOf(known, 1 - HIDDEN_RATIO) };
  });
  const isOutside = (facts: PriceFacts): boolean =>
    limits.some(({ fact, low, high }) => {
      const value = facts[fact];
      return typeof value === 'number' && (value < low || value > high);
    });
  const inside = selectTable(
    table,
    placesWhere(table.facts, (facts) => !isOutside(facts)),
  );
  const outside = selectTable(table, placesWhere(table.facts, isOutside));
  const judged = judgeModel(trainPriceModel(inside, { ...recipe, members: MEMBERS }), outside);
  const needed = judged.map(({ price, p10, p50, p90 }) => {
    const reach = Math.log(price / p50);
    const half = reach < 0 ? Math.log(p10 / p50) : Math.log(p90 / p50);
    return half === 0 ? Number.POSITIVE_INFINITY : reach / half;
  });
  return Math.max(1, quantileOf(Float64Array.from(needed), LEVEL_RATIO));
}
