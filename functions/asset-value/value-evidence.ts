import { z } from 'zod';
import { PolicyUses } from '../platform/policy-use.ts';
import { PricePrediction } from '../price-models/price-prediction.ts';
import { DROP_REASONS } from '../valuation/value-comps.ts';

const Cents = z.int().nonnegative();
const Why = z.string().describe('Why there is none, in words.');

/** What a price model makes of the facts. */
export const ModelEvidence = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('predicted').describe('The model values such a thing.'),
      market: z.string().describe('What the model values, in a sentence.'),
      prediction: PricePrediction.describe('What the model answers to the facts.'),
      leftOut: z.array(z.string()).describe('Facts that no price model takes, in words: read as unknown.'),
    }),
    z.strictObject({
      status: z.literal('facts_missing').describe('Facts without which no model values it.'),
      missing: z.array(z.string()).min(1).describe('The facts, by name.'),
    }),
    z.strictObject({
      status: z
        .enum(['other_market', 'no_model', 'failed'])
        .describe(
          '`other_market`: the model was trained on other places or makes. `no_model`: none values this kind of thing. `failed`: it could not be asked.',
        ),
      why: Why,
    }),
  ])
  .describe('The value by a price model, or why there is none.');
export type ModelEvidence = z.infer<typeof ModelEvidence>;

const CountedComp = z.strictObject({
  compId: z.string().describe('Id of the comp.'),
  role: z.string().describe('Its part, as in a valuation.'),
  weight: z.number().nonnegative().describe('How much it counts, as in a valuation.'),
});

const RejectedComp = z.strictObject({
  compId: z.string().describe('Id of the comp.'),
  reason: z.enum(DROP_REASONS).describe('Why it does not count.'),
});

/** What stored comps say. */
export const CompsEvidence = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: z.enum(['valued', 'too_few_sales']).describe('Whether its sales make a value.'),
      query: z.string().describe('The title by which comps were looked for.'),
      currency: z.string().describe('ISO 4217 code of the currency of every amount.'),
      valuedOn: z.iso.date().describe('UTC day of the valuation.'),
      inputsHash: z.string().describe('SHA-256 of the question, as in a valuation.'),
      value: z
        .strictObject({
          quickCents: Cents.describe('What a quick sale brings, in cents.'),
          marketCents: Cents.describe('The market value, in cents.'),
          patientCents: Cents.describe('What patience brings, in cents.'),
          fromCents: Cents.describe('Lower end of the interval, in cents.'),
          toCents: Cents.describe('Upper end of the interval, in cents.'),
          confidenceRatio: z.number().min(0).max(1).describe('As in a valuation.'),
        })
        .optional()
        .describe('As in a valuation; absent when there are too few sales.'),
      kept: z.array(CountedComp).describe('Comps that count, the weightiest first.'),
      dropped: z.array(RejectedComp).describe('Comps that do not count.'),
      keptCount: z.int().nonnegative().describe('Number of comps that count, listed or not.'),
      droppedCount: z.int().nonnegative().describe('Number of comps that do not count, listed or not.'),
      compsSha256: z.string().describe('Digest of every comp with its part, as in a valuation.'),
      policies: PolicyUses,
    }),
    z.strictObject({
      status: z
        .enum(['not_searched', 'no_query', 'no_currency', 'none_stored', 'failed'])
        .describe(
          '`not_searched`: comps are not looked for, for this kind of asset. `no_query`: the asset has no title. `no_currency`: its comps are in several currencies, and it names none. `none_stored`: no stored comp is related. `failed`: they could not be read.',
        ),
      why: Why,
    }),
  ])
  .describe('The value by stored comps, or why there is none.');
export type CompsEvidence = z.infer<typeof CompsEvidence>;

/** Everything that the value of an asset rests on but what its owner says. */
export const ValueEvidence = z.strictObject({ model: ModelEvidence, comps: CompsEvidence }).meta({
  id: 'ValueEvidence',
  description: 'What a value rests on: with it, the facts, the rating and the policy it can be recomputed.',
});
export type ValueEvidence = z.infer<typeof ValueEvidence>;
