import { Tensor } from 'onnxruntime-node';
import type { Api } from '../../bin/api-client.ts';
import { huber } from '../../functions/price-models/boosting/objectives.ts';
import { trainEnsemble } from '../../functions/price-models/boosting/train-ensemble.ts';
import { PLANS } from '../../functions/price-models/feature-plans.ts';
import { buildMatrix, buildTrainingMatrix } from '../../functions/price-models/features/learn-features.ts';
import { INPUT_NAME } from '../../functions/price-models/onnx/onnx-fields.ts';
import { DEFAULT_MODEL, PRICE_KINDS, type PriceKind } from '../../functions/price-models/price-facts.ts';
import { loadPriceModels, type PriceModel, predictPrices } from '../../functions/price-models/price-model-runtime.ts';
import { US_VEHICLE_RECIPE } from '../../functions/price-models/training/recipe.ts';
import { lawfulPrice, lawfulVehicles } from '../lawful-vehicles.ts';
import { type Figure, percentile } from './figure.ts';
import { requestMilliseconds } from './load.ts';

const REQUESTS = 500;
/** The first calls start the function. */
const WARM_UP = 20;
const BATCH_ROWS = 20_000;
/** As many as `fettle value` takes at once. */
const ROWS_AT_ONCE = 1000;

/** The row of a number: each differs, so that nothing is answered from memory. */
const FACTS = {
  vehicle: (row: number) => ({
    model: row % 2 === 0 ? 'ford f-150' : 'toyota camry',
    modelYear: 2000 + (row % 19),
    odometerMiles: 20_000 + 37 * row,
    condition: 'good',
    fuel: 'gas',
  }),
  house: (row: number) => ({
    livingAreaSqft: 1200 + (row % 2500),
    latitude: 47.5 + (row % 200) / 1000,
    longitude: -122.4 + (row % 300) / 1000,
    yearBuilt: 1920 + (row % 95),
    grade: 7,
    condition: 3,
  }),
} as const satisfies Record<PriceKind, (row: number) => object>;

/** One row through the API of a running stack. */
export async function predictionFigures(api: Api): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of PRICE_KINDS) {
    const ask = (times: number) =>
      requestMilliseconds(api, `/predictions/${kind}`, times, (time) => ({ rows: [{ facts: FACTS[kind](time) }] }));
    await ask(WARM_UP);
    const milliseconds = await ask(REQUESTS);
    figures.push(
      { what: `API, price of a ${kind}, p50`, measured: percentile(milliseconds, 0.5), unit: 'ms' },
      {
        what: `API, price of a ${kind}, p99`,
        measured: percentile(milliseconds, 0.99),
        unit: 'ms',
        target: { is: 'at most', value: 50 },
      },
    );
  }
  return figures;
}

/** Many rows, in one thread of this process. */
export async function batchFigures(): Promise<Figure[]> {
  const models = await loadPriceModels();
  const figures: Figure[] = [];
  for (const kind of PRICE_KINDS) {
    const model = models.get(DEFAULT_MODEL[kind]);
    if (!model) throw new Error(`there is no model ${DEFAULT_MODEL[kind]}`);
    const rows = Array.from({ length: BATCH_ROWS }, (_, row) => FACTS[kind](row));
    await predictPrices(model, rows.slice(0, ROWS_AT_ONCE));
    const startedMs = performance.now();
    for (let from = 0; from < BATCH_ROWS; from += ROWS_AT_ONCE) {
      await predictPrices(model, rows.slice(from, from + ROWS_AT_ONCE));
    }
    const elapsedMs = performance.now() - startedMs;
    figures.push(
      {
        what: `prices of a table, ${kind}`,
        measured: (1000 * BATCH_ROWS) / elapsedMs,
        unit: 'rows/s',
        target: { is: 'at least', value: 20_000 },
      },
      {
        what: `prices of a table over the ONNX runs alone, ${kind}`,
        measured: elapsedMs / (await runMs(model, rows)),
        unit: '×',
      },
    );
  }
  return figures;
}

/** Milliseconds of the trees alone, for the same rows, in the same portions. */
async function runMs({ schema, session }: PriceModel, rows: readonly object[]): Promise<number> {
  let elapsedMs = 0;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const portion = rows.slice(from, from + ROWS_AT_ONCE) as Parameters<typeof predictPrices>[1];
    const { values, features } = buildMatrix(PLANS[schema.plan], portion, schema.learnt);
    const startedMs = performance.now();
    await session.run({ [INPUT_NAME]: new Tensor('float32', values, [portion.length, features]) });
    elapsedMs += performance.now() - startedMs;
  }
  return elapsedMs;
}

/** Rows of the table vehicles_us. */
const TRAINING_ROWS = 43_797;

/** A member of a model of vehicles, by its recipe, with all its trees, from made-up rows. */
export function trainingFigures(): Figure[] {
  const { plan, asOfYear, members, centre, outlierLog, seed } = US_VEHICLE_RECIPE;
  const rows = lawfulVehicles(TRAINING_ROWS);
  const facts = rows.map(({ vehicle }) => vehicle);
  const logPrices = Float64Array.from(rows, ({ vehicle, noise }) => Math.log(lawfulPrice(vehicle)) + noise - 0.5);
  const before = process.cpuUsage();
  const folds = Uint8Array.from(rows, (_, row) => row % members);
  const matrix = buildTrainingMatrix(
    PLANS[plan],
    { facts, logPrices, folds, asOfYear },
    facts.map((each, row) => ({ facts: each, fold: folds[row] as number })),
  );
  trainEnsemble(
    { matrix, targets: logPrices },
    {
      ...centre,
      objective: huber(outlierLog),
      monotone: PLANS[plan].features.map(({ monotone }) => monotone),
      patience: centre.maxTrees,
      seed,
    },
  );
  const { user, system } = process.cpuUsage(before);
  return [
    {
      what: `training of a fold, price of a vehicle, ${TRAINING_ROWS.toLocaleString('en-US')} rows, CPU`,
      measured: (user + system) / 1e6,
      unit: 's',
      target: { is: 'at most', value: 60 },
    },
  ];
}
