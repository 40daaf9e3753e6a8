import { z } from 'zod';
import type { Contracts } from '../platform/contract.ts';
import { Violation } from '../platform/problem.ts';
import { MAX_VIOLATIONS } from '../platform/violations.ts';
import { DEFAULT_MODEL, marketsOf, type PriceKind } from '../price-models/price-facts.ts';
import { PriceModelCard } from '../price-models/price-model-card.ts';
import { PricePrediction } from '../price-models/price-prediction.ts';
import { ROWS } from './price-rows.ts';

/** Rows of a request. Chosen by eye: of 500, one megabyte of body leaves 2 kB for each. */
export const MOST_ROWS = 500;

/**
 * Rows of a request whose answers are explained. An explanation took 25 to 29 ms of CPU, about 6 s for 100 rows with changes,
 * before the last retraining of the models; it was not measured since.
 */
export const MOST_EXPLAINED = 100;

/**
 * A row as it should be. One that is not is answered by itself, so every value is taken here and read by `readRows`; the OpenAPI
 * document shows the row as it should be.
 */
const eachRow = (kind: PriceKind) =>
  z.union([ROWS[kind], z.unknown()]).meta({
    override: ({ jsonSchema }) => {
      const [row] = jsonSchema.anyOf ?? [];
      delete jsonSchema.anyOf;
      Object.assign(jsonSchema, row);
    },
  });

const requestOf = (kind: PriceKind) =>
  z
    .strictObject({
      rows: z
        .array(eachRow(kind))
        .min(1)
        .max(MOST_ROWS)
        .describe('What is to be valued. A row that is wrong gets an error of its own, and the others are answered.'),
      model: z
        .string()
        .max(60)
        .optional()
        .describe(`Name of the price model, one of \`GET /predictions/models\`; default \`${DEFAULT_MODEL[kind]}\`.`),
      market: z
        .enum(marketsOf(kind))
        .optional()
        .describe('The market whose prices are asked for, each with a model of its own; instead of `model`.'),
      explain: z
        .boolean()
        .optional()
        .describe(
          `Whether each answer lists what raises and lowers the price; default: with at most ${MOST_EXPLAINED} rows, and with more it is refused.`,
        ),
    })
    .check(({ value: { model, market }, issues }) => {
      if (model === undefined || market === undefined) return;
      issues.push({ code: 'custom', path: ['market'], input: market, message: 'expected model or market, not both' });
    })
    .check(({ value: { rows, explain }, issues }) => {
      if (!explain || rows.length <= MOST_EXPLAINED) return;
      const message = `expected false with more than ${MOST_EXPLAINED} rows, of which there are ${rows.length}`;
      issues.push({ code: 'custom', path: ['explain'], input: explain, message });
    });

const PriceDifference = z.strictObject({
  cents: z.int().describe('The changed price less the price, in cents of the currency.'),
  p10Cents: z.int().describe('Lower end of the interval of the difference, in cents.'),
  p90Cents: z.int().describe('Upper end of the interval of the difference, in cents.'),
});

const WhatIf = z
  .strictObject({
    prediction: PricePrediction.describe('The answer if the facts were changed.'),
    difference: PriceDifference.describe('By how much the price changes.'),
  })
  .describe('The answer to `changes`; absent without them.');

const PricedRow = z
  .discriminatedUnion('status', [
    z.strictObject({
      row: z.int().nonnegative().describe('Place of the row in the request; the first is 0.'),
      status: z.literal('predicted').describe('The row is answered.'),
      prediction: PricePrediction.describe('The answer to `facts`.'),
      whatIf: WhatIf.optional(),
    }),
    z.strictObject({
      row: z.int().nonnegative().describe('Place of the row in the request; the first is 0.'),
      status: z.literal('wrong').describe('The row is not answered.'),
      errors: z
        .array(Violation)
        .describe(
          `What is wrong with the row. A reply lists ${MAX_VIOLATIONS} errors, and of each wrong row at least the first; the rest is counted.`,
        ),
    }),
  ])
  .meta({ id: 'PricedRow' });

export const PredictionsReply = z.strictObject({
  results: z.array(PricedRow).describe('One result for each row, in their order.'),
  predicted: z.int().nonnegative().describe('Number of rows that are answered.'),
  wrong: z.int().nonnegative().describe('Number of rows that are not.'),
  disclosure: z.string().describe('What these numbers are and are not, for everybody to whom they are shown.'),
});
export type PredictionsReply = z.infer<typeof PredictionsReply>;

const predict = {
  status: 200,
  reply: PredictionsReply,
  problems: [],
} as const;

const DESCRIPTION =
  'Creates and stores nothing: the same rows get the same answer from the same model, however often they are sent. ' +
  'A wrong row gets an error and the others are answered; if no row can be answered, the reply is 400.';

/** The contracts of `predictions-api`. */
export const PREDICTIONS_API = {
  predictVehicles: {
    summary: 'Price vehicles',
    description: DESCRIPTION,
    body: requestOf('vehicle'),
    ...predict,
  },
  predictHouses: {
    summary: 'Price houses',
    description: DESCRIPTION,
    body: requestOf('house'),
    ...predict,
  },
  listPriceModels: {
    summary: 'List the price models',
    description: 'With their licences, training data, vintage and measured quality.',
    status: 200,
    reply: z.strictObject({ models: z.array(PriceModelCard).describe('The price models, by name.') }),
    problems: [],
  },
} as const satisfies Contracts<'predictions-api'>;
