import { z } from 'zod';
import { PRICE_KINDS } from './price-facts.ts';
import { Coverage, Market } from './price-model-schema.ts';

/** The card of a price model: what people need to judge it. What serving needs is in the model file itself. */
export const PriceModelCard = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected 1-40 lowercase letters, digits or hyphens'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0'),
  kind: z.enum(PRICE_KINDS),
  summary: z.string().min(1).describe('What it values, in a sentence.'),
  licence: z.strictObject({
    weights: z.string().min(1),
    commercialUse: z.boolean(),
    note: z.string().optional(),
  }),
  data: z.array(
    z.strictObject({ name: z.string(), origin: z.string(), licence: z.string(), rows: z.int().positive() }),
  ),
  market: Market,
  trainingRows: z.int().positive(),
  metrics: z
    .record(z.string(), z.number())
    .describe('Errors on held-out rows; what each means stands in the evaluation report.'),
  coverage: Coverage,
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of model.onnx.'),
});
export type PriceModelCard = z.infer<typeof PriceModelCard>;
