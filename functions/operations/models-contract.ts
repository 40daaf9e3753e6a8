import { z } from 'zod';
import { ModelView } from '../condition/model-card.ts';
import type { Contracts } from '../platform/contract.ts';

const CheckResult = z.strictObject({
  status: z.enum(['ok', 'failed']).describe('Whether the check passed.'),
  durationMs: z.number().nonnegative().describe('How long the check took, in milliseconds.'),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const Readiness = z.strictObject({
  status: z.enum(['ready', 'not_ready']).describe('Whether every check passed.'),
  checks: z
    .strictObject({
      table: CheckResult.describe('Writes a row to the table, and reads it.'),
      bucket: CheckResult.describe('Checks that the bucket of photos exists.'),
      queue: CheckResult.describe('Reads the length of the queue of photos.'),
      models: CheckResult.describe('Loads the models.'),
    })
    .describe('What was checked.'),
});
export type Readiness = z.infer<typeof Readiness>;

/** The contracts of `models-api`. */
export const MODELS_API = {
  getReady: {
    summary: 'Check whether everything that a job needs works',
    description:
      'Writes and reads the table, checks that the bucket exists, reads the length of the queue and loads the models.',
    status: 200,
    alsoAnswers: [503],
    reply: Readiness,
    problems: [],
  },
  listModels: {
    summary: 'List the models that are in use',
    description: 'With their licences, training data and measured quality.',
    status: 200,
    reply: z.strictObject({ models: z.array(ModelView).describe('The models in use.') }),
    problems: [],
  },
} as const satisfies Contracts<'models-api'>;
