import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PredictionsReply } from '../../functions/predictions/predictions-contract.ts';
import { loadPriceModels, predictPrices } from '../../functions/price-models/price-model-runtime.ts';
import { toPrediction } from '../../functions/price-models/price-prediction.ts';
import { type Client, call } from './client.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let viewer: Client;

beforeAll(async () => {
  fettle = await startFettle();
  viewer = await fettle.client('acme', 'viewer');
});
afterAll(() => fettle?.stop());

const FACTS = {
  vehicle: { model: 'ford f-150', modelYear: 2014, odometerMiles: 90_000, fuel: 'gas', condition: 'good' },
  house: { livingAreaSqft: 1800, latitude: 47.6634, longitude: -122.3421, yearBuilt: 1950, condition: 3, grade: 7 },
} as const;

async function predict(kind: keyof typeof FACTS, body: object): Promise<PredictionsReply> {
  const answer = await call(viewer, `POST /predictions/${kind}`, { body });
  expect(answer).toMatchObject({ status: 200 });
  return PredictionsReply.parse(answer.body);
}

describe.each(['vehicle', 'house'] as const)('POST /predictions/%s', (kind) => {
  it('answers as the model does, from a function that takes its runtime from a layer', async () => {
    const [result] = (await predict(kind, { rows: [{ facts: FACTS[kind] }] })).results;
    const prediction = result?.status === 'predicted' ? result.prediction : undefined;
    const model = (await loadPriceModels()).get(prediction?.model.name ?? '');
    const [expected] = model ? await predictPrices(model, [FACTS[kind]], { explain: true }) : [];
    expect(prediction).toEqual(expected && toPrediction(expected));
  });

  it('answers five hundred rows, each as if it were alone, with an error for each that is wrong', async () => {
    const rows = Array.from({ length: 500 }, (_, row) => ({
      facts: { ...FACTS[kind], ...(row % 7 === 3 && { wheels: row }) },
    }));
    const { results, predicted, wrong } = await predict(kind, { rows });
    const alone = (await predict(kind, { rows: [{ facts: FACTS[kind] }], explain: false })).results[0];
    expect([predicted, wrong]).toEqual([429, 71]);
    for (const [row, result] of results.entries()) {
      if (row % 7 === 3)
        expect(result).toMatchObject({ row, status: 'wrong', errors: [{ path: `body.rows[${row}].facts.wheels` }] });
      else expect(result).toEqual({ ...alone, row });
    }
  });

  it('explains up to a hundred rows, to the cent, and refuses to explain more', async () => {
    const rows = Array(101).fill({ facts: FACTS[kind] });
    const [result] = (await predict(kind, { rows: rows.slice(0, 1) })).results;
    if (result?.status !== 'predicted') throw new Error('expected a prediction');
    const { contributions, baseCents, p50Cents } = result.prediction;
    expect(contributions.reduce((sum, { cents }) => sum + cents, baseCents)).toBe(p50Cents);
    expect(await call(viewer, `POST /predictions/${kind}`, { body: { rows, explain: true } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.explain', expected: 'false with more than 100 rows, of which there are 101' }] },
    });
  });

  it('says nothing of a request of which no row is right', async () => {
    const { status, body } = await call(viewer, `POST /predictions/${kind}`, { body: { rows: [{ facts: {} }, {}] } });
    expect([status, body]).toMatchObject([400, { code: 'invalid_request', errors: expect.any(Array) }]);
  });

  it('names the models that there are to a caller who names another', async () => {
    const body = { rows: [{ facts: FACTS[kind] }], model: 'crystal-ball' };
    const { status, body: problem } = await call(viewer, `POST /predictions/${kind}`, { body });
    expect([status, problem]).toMatchObject([
      400,
      { errors: [{ path: 'body.model', received: 'string "crystal-ball"' }] },
    ]);
  });
});

describe('market', () => {
  const vehicle = {
    model: 'ford focus',
    modelYear: 2017,
    odometerMiles: 20_000,
    fuel: 'petrol',
    transmission: 'manual',
  };

  it('chooses the prices that are asked for: pounds of the United Kingdom', async () => {
    const { results } = await predict('vehicle', { rows: [{ facts: vehicle }], market: 'uk' });
    expect(results[0]).toMatchObject({
      status: 'predicted',
      prediction: { currency: 'GBP', kindOfPrice: 'asking', model: { name: 'vehicle-uk' } },
    });
  });

  it('that there is not is refused with those that there are, and so is one beside a model', async () => {
    const body = { rows: [{ facts: vehicle }] };
    expect(await call(viewer, 'POST /predictions/vehicle', { body: { ...body, market: 'fr' } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.market', expected: expect.stringMatching(/us.*uk/) }] },
    });
    expect(
      await call(viewer, 'POST /predictions/vehicle', { body: { ...body, market: 'us', model: 'vehicle-uk' } }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'body.market' }] } });
  });
});

describe('changes', () => {
  it('that change nothing make no difference', async () => {
    const { results } = await predict('vehicle', { rows: [{ facts: FACTS.vehicle, changes: { fuel: 'gas' } }] });
    expect(results[0]).toMatchObject({ whatIf: { difference: { cents: 0, p10Cents: 0, p90Cents: 0 } } });
  });

  it('give both values, and a difference that is narrower than the values are', async () => {
    const changes = { odometerMiles: 40_000 };
    const { results } = await predict('vehicle', { rows: [{ facts: FACTS.vehicle, changes }] });
    const [result] = results;
    if (result?.status !== 'predicted' || !result.whatIf) throw new Error('expected a what-if');
    const { prediction, whatIf } = result;
    const { cents, p10Cents, p90Cents } = whatIf.difference;
    expect(cents).toBe(whatIf.prediction.p50Cents - prediction.p50Cents);
    expect(cents).toBeGreaterThan(0);
    expect(p10Cents).toBeLessThanOrEqual(cents);
    expect(p90Cents).toBeGreaterThanOrEqual(cents);
    expect(p90Cents - p10Cents).toBeLessThan(prediction.p90Cents - prediction.p10Cents);
  });
});

describe('GET /predictions/models', () => {
  it('lists the models that price', async () => {
    const { body } = await call(viewer, 'GET /predictions/models');
    const names = (body as { models: { name: string }[] }).models.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['house-king-county', 'vehicle-uk', 'vehicle-us']));
  });
});
