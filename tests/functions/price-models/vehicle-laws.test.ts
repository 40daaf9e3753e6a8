import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKET_MODELS, VEHICLE_CONDITIONS } from '../../../functions/price-models/price-facts.ts';
import { loadPriceModels, predictPrices } from '../../../functions/price-models/price-model-runtime.ts';

const models = await loadPriceModels();
const modelOf = (name: string) => {
  const model = models.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
};
const vehicles = modelOf(MARKET_MODELS.vehicle.us);
const british = modelOf(MARKET_MODELS.vehicle.uk);

const GOLF = {
  make: 'vw',
  model: 'golf',
  modelYear: 2017,
  odometerMiles: 20_000,
  fuel: 'petrol',
  transmission: 'manual',
  engineLitres: 1.4,
  milesPerGallon: 55.4,
  roadTaxPounds: 145,
};

describe('the models of vehicles', () => {
  it('reads a make by its other names', async () => {
    const named = [
      {},
      { make: undefined, model: 'VW Golf' },
      { make: 'Volkswagen' },
      { make: undefined, model: 'volkswagen golf' },
    ];
    const values = await predictPrices(
      british,
      named.map((each) => ({ ...GOLF, ...each })),
    );
    expect(new Set(values.map(({ p50Cents }) => p50Cents)).size).toBe(1);
    expect(values[0]?.flags).toEqual([]);
  });

  it('never values any vehicle higher for more miles, more years up to 18 or a worse condition', async () => {
    const known = [vehicles, british].map((model) => ({
      model,
      words: model.schema.words.model ?? [],
      newest: model.schema.learnt.asOfYear,
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...known),
        fc.nat(),
        fc.integer({ min: 0, max: 17 }),
        fc.integer({ min: 1, max: 18 }),
        fc.integer({ min: 3000, max: 250_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: VEHICLE_CONDITIONS.length - 1 }),
        async ({ model, words, newest }, at, age, older, odometerMiles, further, condition) => {
          const better = {
            model: words[at % words.length] ?? '',
            modelYear: newest - age,
            odometerMiles,
            condition: VEHICLE_CONDITIONS[condition],
          };
          const [best, ...worse] = await predictPrices(model, [
            better,
            { ...better, odometerMiles: odometerMiles + further },
            { ...better, modelYear: newest - Math.min(18, age + older) },
            { ...better, condition: VEHICLE_CONDITIONS[condition - 1] },
          ]);
          // The runtime adds in single precision.
          for (const { p50Cents } of worse) expect(p50Cents).toBeLessThanOrEqual(1.000001 * (best?.p50Cents ?? 0));
        },
      ),
    );
  });
});
