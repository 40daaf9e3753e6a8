import { z } from 'zod';
import { PRICE_KINDS } from './price-facts.ts';
import { Coverage, Market } from './price-model-schema.ts';

/** The card of a price model: what people need to judge it. What serving needs is in the model file itself. */
export const PriceModelCard = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected 1-40 lowercase letters, digits or hyphens')
    .describe('What requests call it.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0')
    .describe('The same version gives the same answers.'),
  kind: z.enum(PRICE_KINDS).describe('What it values.'),
  summary: z.string().min(1).describe('What it values, in a sentence.'),
  licence: z
    .strictObject({
      weights: z.string().min(1).describe('Licence of the model file.'),
      commercialUse: z.boolean().describe('Whether commercial use is clearly allowed.'),
      note: z.string().optional().describe('What limits it.'),
    })
    .describe('What one may do with it.'),
  data: z
    .array(
      z.strictObject({
        name: z.string().describe('Name of the table.'),
        origin: z.string().describe('Where it is from.'),
        licence: z.string().describe('Its licence.'),
        rows: z.int().positive().describe('Number of rows that were used.'),
      }),
    )
    .describe('The training data.'),
  market: Market.describe('Which prices it values by.'),
  trainingRows: z.int().positive().describe('Number of rows that it learnt from.'),
  metrics: z
    .record(z.string(), z.number())
    .describe('Errors on held-out rows; what each means stands in the evaluation report.'),
  coverage: Coverage.describe('How often its intervals held the price.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of model.onnx.'),
});
export type PriceModelCard = z.infer<typeof PriceModelCard>;
