import { z } from 'zod';
import { studentT90 } from '../platform/student-t.ts';
import { Coverage, CoverageBand, Market } from './price-model-schema.ts';

export const FLAG_CODES = ['missing', 'unknown_category', 'out_of_range', 'not_used'] as const;

export const PriceFlag = z.strictObject({
  code: z
    .enum(FLAG_CODES)
    .describe(
      '`missing`: not given. `unknown_category`: not in the training data. `out_of_range`: beyond the training data. `not_used`: no fact of this model.',
    ),
  fact: z.string().describe('The fact.'),
  message: z.string().describe('The flag in words.'),
  widens: z.boolean().describe('Whether the interval is wider for it.'),
});
export type PriceFlag = z.infer<typeof PriceFlag>;

export const PriceContribution = z.strictObject({
  facts: z.array(z.string()).describe('The facts that it is of.'),
  words: z.string().describe('The contribution as a dealer would say it.'),
  cents: z.int().describe('What they add to the median, in cents of the currency; negative where they lower it.'),
});
export type PriceContribution = z.infer<typeof PriceContribution>;

/** A price that a model expects, with its interval and what it was made of. */
export const PricePrediction = z
  .strictObject({
    valueCents: z
      .int()
      .nonnegative()
      .describe('The best single number, in cents of `currency`; of the models that ship, the median.'),
    p10Cents: z.int().nonnegative().describe('Lower end of the interval: one price in ten is expected to be lower.'),
    p50Cents: z.int().nonnegative().describe('The median.'),
    p90Cents: z.int().nonnegative().describe('Upper end of the interval: one price in ten is expected to be higher.'),
    ...Market.shape,
    interval: z
      .strictObject({
        levelRatio: z.number().describe('Share of prices that should lie between P10 and P90.'),
        coverageRatio: Coverage.shape.coverageRatio.describe(
          'Share that did, of held-out rows, by a model trained without them.',
        ),
        band: CoverageBand.describe('The same for rows with a similar predicted price.'),
        heldOutRows: z.int().describe('Number of these rows.'),
      })
      .describe('How often intervals of this model held the price.'),
    flags: z.array(PriceFlag).describe('What a reader should know of the facts.'),
    contributions: z
      .array(PriceContribution)
      .describe('What moves the median from that of a typical row, largest first; empty unless asked for.'),
    baseCents: z.int().describe('The median of a typical row, where contributions were asked for; otherwise 0.'),
    model: z
      .strictObject({
        name: z.string().describe('Its name.'),
        version: z.string().describe('Its version; the same version gives the same answers.'),
      })
      .describe('The model that answered.'),
    inputsHash: z.string().describe('SHA-256 of the facts, in hexadecimal.'),
  })
  .meta({ id: 'PricePrediction', description: 'An estimate, with its interval, vintage and kind of price.' });
export type PricePrediction = z.infer<typeof PricePrediction>;

/** A prediction with what the members of the model say, each: natural logarithms of prices. */
export type Estimate = PricePrediction & { readonly memberLogPrices: readonly number[] };

/** The prediction without what only computations need. */
export function toPrediction({ memberLogPrices: _, ...prediction }: Estimate): PricePrediction {
  return prediction;
}

export type PriceDifference = { readonly cents: number; readonly p10Cents: number; readonly p90Cents: number };

/**
 * How much a change of facts moves the median. Its interval is that of the model's uncertainty, by Student's t over the
 * differences of the members; what no fact tells of a thing is the same before and after, and cancels.
 */
export function priceDifference(before: Estimate, after: Estimate): PriceDifference {
  const cents = after.p50Cents - before.p50Cents;
  const differences = after.memberLogPrices.map(
    (log, member) => 100 * (Math.exp(log) - Math.exp(before.memberLogPrices[member] as number)),
  );
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const deviation = differences.length > 1 ? Math.sqrt(squares / (differences.length - 1)) : 0;
  const reach = studentT90(differences.length - 1) * deviation;
  return { cents, p10Cents: Math.round(cents - reach), p90Cents: Math.round(cents + reach) };
}
