import { loadPriceModel, type PriceModel } from '../../functions/price-models/price-model-runtime.ts';
import type { Recipe } from '../../functions/price-models/training/recipe.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The model in use, which a new one of the recipe is compared with; their vintages may differ.
 *
 * @throws UsageError when it is of other facts, another currency or another kind of price: their errors do not compare
 * @throws ModelError when it cannot be loaded
 */
export async function loadActiveModel(folder: string, { plan, market }: Recipe): Promise<PriceModel> {
  const model = await loadPriceModel(folder);
  const { schema } = model;
  const differences = [
    ['a model of', plan, schema.plan],
    ['prices in', market.currency, schema.market.currency],
    ['prices that are', market.kindOfPrice, schema.market.kindOfPrice],
  ].flatMap(([what, expected, received]) =>
    expected === received ? [] : [`expected ${what} ${expected}, as the new model's, received ${received}`],
  );
  if (differences.length > 0) throw new UsageError(`--active ${folder}: ${differences.join('; ')}`);
  return model;
}
