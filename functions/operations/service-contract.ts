import { z } from 'zod';
import { ModelView } from '../condition/model-card.ts';
import type { Contract } from '../platform/contract.ts';

export const GET_HEALTH = {
  summary: 'Ask whether the API answers',
  description: 'Looks at nothing else; see `/ready`.',
  status: 200,
  reply: z.strictObject({ status: z.literal('ok'), version: z.string(), environment: z.string() }),
  problems: [],
} as const satisfies Contract;

const CheckResult = z.strictObject({ status: z.enum(['ok', 'failed']), durationMs: z.number().nonnegative() });
export type CheckResult = z.infer<typeof CheckResult>;

export const Readiness = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  checks: z.strictObject({ table: CheckResult, bucket: CheckResult, queue: CheckResult, models: CheckResult }),
});
export type Readiness = z.infer<typeof Readiness>;

export const GET_READY = {
  summary: 'Ask whether everything that a job needs works',
  description: 'Writes and reads the table, heads the bucket, reads the queue and loads the models.',
  status: 200,
  alsoAnswers: [503],
  reply: Readiness,
  problems: [],
} as const satisfies Contract;

export const GET_OPENAPI = {
  summary: 'Get this document',
  description: '',
  status: 200,
  reply: z.looseObject({ openapi: z.string() }),
  problems: [],
} as const satisfies Contract;

export const LIST_MODELS = {
  summary: 'List the models that are in use',
  description: 'With their licences, what they were trained on and measured quality.',
  status: 200,
  reply: z.strictObject({ models: z.array(ModelView) }),
  problems: [],
} as const satisfies Contract;
