import { z } from 'zod';
import { PRICE_KINDS } from './price-facts.ts';

const Day = z.iso.date();

export const CURRENCIES = ['USD', 'GBP'] as const;

/** What a model's prices are, and of when. */
export const Market = z.strictObject({
  currency: z.enum(CURRENCIES).describe('ISO 4217 code of the currency of all amounts.'),
  kindOfPrice: z.enum(['asking', 'sold']).describe('Prices that were asked in advertisements, or paid in sales.'),
  vintage: z
    .strictObject({ from: Day.describe('First day.'), to: Day.describe('Last day, for which values hold.') })
    .describe('When the prices were asked or paid; values hold for its end.'),
});
export type Market = z.infer<typeof Market>;

/** A price band of held-out rows by their predicted median, and the share of them whose price lay within its interval. */
export const CoverageBand = z.strictObject({
  fromCents: z.int().describe('Lowest predicted median of the band.'),
  toCents: z.int().describe('Highest predicted median of the band.'),
  coverageRatio: z.number().min(0).max(1).describe('Share of prices within their interval.'),
});

/** The share of held-out rows whose price lay within its interval. */
export const Coverage = z.strictObject({
  coverageRatio: z.number().min(0).max(1).describe('Share of prices within their interval, of all held-out rows.'),
  heldOutRows: z
    .int()
    .positive()
    .describe('Number of rows held out, on which a model of the same recipe was judged that was trained without them.'),
  bands: z.array(CoverageBand).min(1).describe('The same by predicted median.'),
});
export type Coverage = z.infer<typeof Coverage>;

/** The nominal level of intervals, from P10 to P90. */
export const LEVEL_RATIO = 0.8;

/**
 * What a model file knows besides its trees, kept in it as JSON: everything that turns facts into features and outputs into
 * prices. Outputs of the trees are, in this order: the natural logarithm of the price by each member; how far P10 and P90 lie
 * from the mean of the members, before calibration.
 */
export const PriceModelSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  version: z.string(),
  kind: z.enum(PRICE_KINDS),
  plan: z.enum(['us-vehicle', 'uk-vehicle', 'house']).describe('The rules by which facts become features.'),
  features: z.array(z.string()).describe('Names of the features, in the order of the columns.'),
  market: Market,
  learnt: z.strictObject({
    asOfYear: z.int(),
    levels: z.record(z.string(), z.record(z.string(), z.number())),
  }),
  members: z.int().positive(),
  calibration: z.strictObject({
    lowShift: z.number().describe('Added to the logarithm of P10: conformal correction.'),
    highShift: z.number().describe('Added to the logarithm of P90.'),
    bySquare: z
      .record(z.string(), z.tuple([z.number(), z.number()]))
      .optional()
      .describe(
        'lowShift and highShift of the squares in which things of known place were; elsewhere those above hold.',
      ),
    outOfRangeFactor: z
      .number()
      .min(1)
      .describe('Widens both sides of an interval, for facts outside of the training data.'),
  }),
  coverage: Coverage,
  ranges: z
    .record(z.string(), z.tuple([z.number(), z.number()]))
    .describe('0.1 % and 99.9 % quantiles of each number.'),
  words: z.record(z.string(), z.array(z.string())).describe('Known words by fact; a model includes its make.'),
  typical: z
    .record(z.string(), z.number())
    .describe('Median of each number, and of the odometer by model year, for comparison in words.'),
});
export type PriceModelSchema = z.infer<typeof PriceModelSchema>;

/** The name of the entry in the model file's metadata. */
export const SCHEMA_ENTRY = 'fettle.schema';
