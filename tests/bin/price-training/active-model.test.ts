import { describe, expect, it } from 'vitest';
import { loadActiveModel } from '../../../bin/price-training/active-model.ts';
import { UsageError } from '../../../bin/usage-error.ts';
import { HOUSE_RECIPE, UK_VEHICLE_RECIPE, US_VEHICLE_RECIPE } from '../../../functions/price-models/training/recipe.ts';

const VEHICLES = 'models/prices/vehicle-us';
const { market } = US_VEHICLE_RECIPE;

describe('loadActiveModel', () => {
  it('loads a model of the same facts and prices, whatever its vintage', async () => {
    const vintage = { from: '2024-01-01', to: '2025-12-31' };
    const later = { ...US_VEHICLE_RECIPE, market: { ...market, vintage } };
    expect((await loadActiveModel(VEHICLES, later)).name).toBe('vehicle-us');
  });

  it.each([
    ['kind', HOUSE_RECIPE, "expected a model of house, as the new model's, received us-vehicle"],
    ['market', UK_VEHICLE_RECIPE, 'expected a model of uk-vehicle'],
    ['currency', { ...US_VEHICLE_RECIPE, market: { ...market, currency: 'GBP' } }, 'expected prices in GBP'],
    ['kind of price', { ...US_VEHICLE_RECIPE, market: { ...market, kindOfPrice: 'sold' } }, 'prices that are sold'],
  ] as const)('refuses a model of another %s, which would be compared with nothing alike', async (_, recipe, words) => {
    const loading = loadActiveModel(VEHICLES, recipe);
    await expect(loading).rejects.toThrow(UsageError);
    await expect(loading).rejects.toThrow(`--active ${VEHICLES}: `);
    await expect(loading).rejects.toThrow(words);
  });
});
