import { z } from 'zod';
import { ConditionEffect } from './condition-effect.ts';
import { ValueEvidence } from './value-evidence.ts';

const Cents = z.int().nonnegative();
const STATUS =
  'Whether there is a value: `valued` by evidence; `contradictory`: sources with nothing in common, of which none is chosen; `stated`: only what the owner says; `not_valued`.';
const Status = <Name extends string>(name: Name) => z.literal(name).describe(STATUS);
const Currency = z.string().describe('ISO 4217 code of the currency of its amounts.');

/** A value that there is, as it was used. */
export const ValueSource = z.strictObject({
  source: z.enum(['comps', 'model', 'stated']).describe('`comps` of the workspace, a price `model`, or the owner.'),
  valueCents: Cents.describe('Its value, in cents.'),
  interval: z
    .strictObject({
      fromCents: Cents.describe('Lower end, in cents.'),
      toCents: Cents.describe('Upper end, in cents.'),
    })
    .optional()
    .describe('Its 80 % interval as it was combined; absent of a statement.'),
  currency: Currency,
  kindOfPrice: z
    .enum(['asking', 'sold', 'stated'])
    .describe('Prices that are asked, prices that are paid, or a statement.'),
  asOf: z.iso.date().describe('UTC day for which it holds.'),
  shareRatio: z.number().min(0).max(1).describe('Its share in the value; the shares add up to 1 where there is one.'),
  why: z.string().describe('The reason for its share, in words.'),
});
export type ValueSource = z.infer<typeof ValueSource>;

const Common = {
  sources: z
    .array(ValueSource)
    .describe('Every value that there is, with its share; those by evidence before the condition moves them.'),
  review: z
    .array(z.string())
    .describe('What a person should look at, in words, such as sources that contradict each other.'),
  reasons: z.array(z.string()).describe('What it rests on, and what is not in it; in words, the weightiest first.'),
  missing: z.array(z.string()).describe('Facts that would make a value possible, or surer, by name.'),
  evidence: ValueEvidence.describe('What it rests on, so that it can be recomputed.'),
};

/** What the asset of a job is worth. */
export const AssetValue = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: Status('valued'),
      valueCents: Cents.describe('The value, in cents: an estimate, no appraisal.'),
      interval: z
        .strictObject({
          fromCents: Cents.describe('Lower end, in cents.'),
          toCents: Cents.describe('Upper end, in cents.'),
          levelRatio: z.number().describe('Share of prices that should be within.'),
        })
        .describe('Where its price should be.'),
      currency: Currency,
      kindOfPrice: z.enum(['asking', 'sold']).describe('Prices that are asked, or prices that are paid.'),
      asOf: z.iso.date().describe('UTC day for which it holds; what prices did since then is not in it.'),
      condition: ConditionEffect,
      ...Common,
    }),
    z.strictObject({ status: Status('contradictory'), ...Common }),
    z.strictObject({
      status: Status('stated'),
      valueCents: Cents.describe('What the owner says, in cents: not confirmed.'),
      currency: Currency,
      ...Common,
    }),
    z.strictObject({ status: Status('not_valued'), ...Common }),
  ])
  .meta({ id: 'AssetValue', description: 'What the asset is worth, by comps, a price model and its owner.' });
export type AssetValue = z.infer<typeof AssetValue>;

/** Of the assessments before there were values. */
export const NOT_CONCLUDED: AssetValue = {
  status: 'not_valued',
  sources: [],
  review: [],
  reasons: ['concluded by a release that valued nothing'],
  missing: [],
  evidence: {
    model: { status: 'no_model', why: 'concluded by a release that valued nothing' },
    comps: { status: 'not_searched', why: 'concluded by a release that valued nothing' },
  },
};
