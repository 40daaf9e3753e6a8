import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelsFolder } from '../../../functions/condition/models-folder-runtime.ts';
import { predictEnsemble } from '../../../functions/price-models/boosting/tree.ts';
import { PLANS } from '../../../functions/price-models/feature-plans.ts';
import { buildMatrix } from '../../../functions/price-models/features/learn-features.ts';
import { readTreeModel } from '../../../functions/price-models/onnx/tree-model.ts';
import { DEFAULT_MODEL, MARKET_MODELS } from '../../../functions/price-models/price-facts.ts';
import { loadPriceModel, loadPriceModels, predictPrices } from '../../../functions/price-models/price-model-runtime.ts';
import { PricePrediction, priceDifference, toPrediction } from '../../../functions/price-models/price-prediction.ts';

const models = await loadPriceModels();
const modelOf = (name: string) => {
  const model = models.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
};
const vehicles = modelOf(DEFAULT_MODEL.vehicle);
const british = modelOf(MARKET_MODELS.vehicle.uk);
const houses = modelOf(DEFAULT_MODEL.house);

const TRUCK = {
  model: 'ford f-150',
  modelYear: 2013,
  odometerMiles: 90_000,
  condition: 'good',
  fuel: 'gas',
  cylinders: 8,
};
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
const HOUSE = {
  livingAreaSqft: 2000,
  lotAreaSqft: 7000,
  bedrooms: 3,
  bathrooms: 2.25,
  floors: 2,
  waterfront: false,
  view: 0,
  condition: 3,
  grade: 7,
  aboveGroundSqft: 2000,
  basementSqft: 0,
  yearBuilt: 1985,
  zipCode: '98052',
  latitude: 47.67,
  longitude: -122.13,
  neighbourLivingAreaSqft: 1950,
  neighbourLotAreaSqft: 7000,
};

describe('predictPrices', () => {
  it('returns predictions of the published form, with P10 <= P50 <= P90', async () => {
    for (const [model, facts] of [
      [vehicles, TRUCK],
      [houses, HOUSE],
      [british, GOLF],
      [vehicles, { model: 'x' }],
      [british, { model: 'x' }],
      [houses, { livingAreaSqft: 900, zipCode: '00000' }],
    ] as const) {
      const [estimate] = await predictPrices(model, [facts]);
      if (!estimate) throw new Error('no estimate');
      const prediction = PricePrediction.parse(toPrediction(estimate));
      expect(prediction.p10Cents).toBeLessThanOrEqual(prediction.p50Cents);
      expect(prediction.p50Cents).toBeLessThanOrEqual(prediction.p90Cents);
      expect(prediction.p10Cents).toBeGreaterThan(0);
    }
  });

  it("agrees with the trainer's own arithmetic on the trees in the file", async () => {
    for (const [model, facts] of [
      [vehicles, TRUCK],
      [houses, HOUSE],
    ] as const) {
      const matrix = buildMatrix(PLANS[model.schema.plan], [facts], model.schema.learnt);
      const { ensembles } = readTreeModel(await readFile(join(modelsFolder(), 'prices', model.name, 'model.onnx')));
      const members = ensembles.slice(0, model.schema.members);
      const expected = members.map((ensemble) => predictEnsemble(ensemble, matrix)[0] ?? 0);
      const [estimate] = await predictPrices(model, [facts]);
      expect(estimate?.memberLogPrices.length).toBe(expected.length);
      estimate?.memberLogPrices.forEach((log, member) => {
        expect(Math.abs(log / (expected[member] ?? 0) - 1)).toBeLessThan(1e-5);
      });
    }
  });

  it('keeps the order of more rows than a batch holds, and gives a row the same estimate in any company', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => ({ ...TRUCK, odometerMiles: 1000 + 80 * at }));
    const together = await predictPrices(vehicles, rows);
    for (const at of [0, 2047, 2048, 2499]) {
      const [alone] = await predictPrices(vehicles, [rows[at] ?? TRUCK]);
      expect(together[at]).toEqual(alone);
    }
  });

  it('reads a make as a fact of its own or as the first word of the model, in any capitals', async () => {
    const [whole, parts] = await predictPrices(vehicles, [TRUCK, { ...TRUCK, make: 'Ford', model: ' F-150' }]);
    expect(parts?.p50Cents).toBe(whole?.p50Cents);
  });

  it('never values more miles, a higher age up to 18 years or a worse condition above less', async () => {
    const along = async (rows: readonly Record<string, string | number>[]) =>
      (
        await predictPrices(
          vehicles,
          rows.map((row) => ({ ...TRUCK, ...row })),
        )
      ).map(({ p50Cents }) => p50Cents);
    const falling = [
      await along(Array.from({ length: 60 }, (_, at) => ({ odometerMiles: 1000 + 5000 * at }))),
      await along(Array.from({ length: 18 }, (_, at) => ({ modelYear: 2019 - at }))),
      await along(['new', 'like_new', 'excellent', 'good', 'fair', 'salvage'].map((condition) => ({ condition }))),
    ];
    for (const prices of falling) expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    const rising = (
      await predictPrices(
        houses,
        Array.from({ length: 40 }, (_, at) => ({ ...HOUSE, livingAreaSqft: 600 + 100 * at })),
      )
    ).map(({ p50Cents }) => p50Cents);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  });

  it('flags what is missing, unknown, out of range or not used, and widens the interval for it', async () => {
    const widthOf = ({ p10Cents, p90Cents, p50Cents }: { p10Cents: number; p90Cents: number; p50Cents: number }) =>
      (p90Cents - p10Cents) / p50Cents;
    const [plain, odd] = await predictPrices(vehicles, [
      { ...TRUCK, transmission: 'automatic', bodyType: 'truck', paintColor: 'white' },
      { model: 'trabant 601', modelYear: 2031, fuel: 'gas', engineLitres: 0.6 },
    ]);
    if (!plain || !odd) throw new Error('no estimates');
    expect(plain.flags).toEqual([]);
    const codes = odd.flags.map(({ code, fact }) => `${code} ${fact}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        'unknown_category model',
        'out_of_range modelYear',
        'missing odometerMiles',
        'not_used engineLitres',
      ]),
    );
    expect(widthOf(odd)).toBeGreaterThan(widthOf(plain));
  });

  it('says of an odometer with too few miles for its age that it is read as unknown', async () => {
    const [few, none] = await predictPrices(vehicles, [
      { ...TRUCK, odometerMiles: 120 },
      { ...TRUCK, odometerMiles: undefined },
    ]);
    expect(few?.flags).toContainEqual(
      expect.objectContaining({ code: 'out_of_range', message: expect.stringContaining('read as unknown') }),
    );
    expect(few?.p50Cents).toBe(none?.p50Cents);
  });
});

describe('contributions', () => {
  it('add up to the median, to the cent, largest first, in words that name the fact', async () => {
    for (const [model, facts] of [
      [vehicles, TRUCK],
      [vehicles, { model: 'unheard of' }],
      [houses, HOUSE],
    ] as const) {
      const [estimate] = await predictPrices(model, [facts], { explain: true });
      if (!estimate) throw new Error('no estimate');
      const { contributions, baseCents, p50Cents } = estimate;
      expect(contributions.reduce((sum, { cents }) => sum + cents, baseCents)).toBe(p50Cents);
      const sizes = contributions.map(({ cents }) => Math.abs(cents));
      expect(sizes.slice(1)).toEqual(sizes.slice(1).toSorted((a, b) => b - a));
      const [plain] = await predictPrices(model, [facts]);
      expect({ ...estimate, contributions: [], baseCents: 0 }).toEqual(plain);
    }
    const [truck] = await predictPrices(vehicles, [TRUCK], { explain: true });
    expect(truck?.contributions.map(({ words }) => words)).toContainEqual(
      expect.stringMatching(/^mileage [\d,]+ (below|above) vehicles of 2013 \([\d,]+\): [+−]\$[\d,]+$/),
    );
  });

  it('move with the fact that changes', async () => {
    const [few, many] = await predictPrices(
      vehicles,
      [20_000, 200_000].map((odometerMiles) => ({ ...TRUCK, odometerMiles })),
      { explain: true },
    );
    const mileage = (estimate: typeof few) =>
      estimate?.contributions.find(({ facts }) => facts.includes('odometerMiles'))?.cents ?? 0;
    expect(mileage(few)).toBeGreaterThan(0);
    expect(mileage(many)).toBeLessThan(0);
  });
});

describe('priceDifference', () => {
  it('is zero without a change, and has the median difference within its interval', async () => {
    const [before, after] = await predictPrices(vehicles, [TRUCK, { ...TRUCK, odometerMiles: 60_000 }]);
    if (!before || !after) throw new Error('no estimates');
    expect(priceDifference(before, before)).toEqual({ cents: 0, p10Cents: 0, p90Cents: 0 });
    const { cents, p10Cents, p90Cents } = priceDifference(before, after);
    expect(cents).toBe(after.p50Cents - before.p50Cents);
    expect(cents).toBeGreaterThan(0);
    expect(p10Cents).toBeLessThanOrEqual(cents);
    expect(p90Cents).toBeGreaterThanOrEqual(cents);
  });
});

describe('loadPriceModel', () => {
  it('refuses a model that is not the one of its card, in one sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-prices-'));
    try {
      await copyFile('models/prices/house-king-county/card.json', join(folder, 'card.json'));
      await expect(loadPriceModel(folder)).rejects.toThrow('model.onnx cannot be read');
      const bytes = await readFile('models/prices/house-king-county/model.onnx');
      await writeFile(join(folder, 'model.onnx'), bytes.fill(7, bytes.length - 10));
      await expect(loadPriceModel(folder)).rejects.toThrow('is not the file that card.json describes');
      await writeFile(join(folder, 'card.json'), '{"name":"x"}');
      await expect(loadPriceModel(folder)).rejects.toThrow('card.json is wrong at version');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
