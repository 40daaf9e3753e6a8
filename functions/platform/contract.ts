import type { z } from 'zod';
import type { ProblemCode } from './names/problems.ts';

/** How long an idempotent answer is remembered. */
export const IDEMPOTENCY_SECONDS = 24 * 3600;

/**
 * What one operation takes and gives. The handler holds requests to it, the API document is written from it, and a test
 * holds the answers to it.
 */
export type Contract = {
  readonly summary: string;
  readonly description: string;
  /** ids in the path; one that is malformed is answered like one that does not exist */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  readonly reply: z.ZodType;
  /** further statuses with the same reply */
  readonly alsoAnswers?: readonly 503[];
  /** beside those that any operation may give */
  readonly problems: readonly ProblemCode[];
  /** takes an Idempotency-Key, so that a repeat makes nothing twice */
  readonly creates?: true;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The parts of a request that its contract describes, parsed. */
export type Input<C extends Contract> = {
  readonly params: Parsed<C['params']>;
  readonly query: Parsed<C['query']>;
  readonly body: Parsed<C['body']>;
};

/** What the operation answers, before the reply's schema has looked at it. */
export type Reply<C extends Contract> = z.input<C['reply']>;
