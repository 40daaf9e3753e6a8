import middy from '@middy/core';
import type { z } from 'zod';
import { observed, reported } from './observability.ts';

/** A Lambda of the deployment itself, invoked asynchronously: Lambda repeats an invocation that throws, so its step must be idempotent. */
export const deploymentHandler = <Schema extends z.ZodType>(
  schema: Schema,
  step: (event: z.output<Schema>) => Promise<void>,
) =>
  middy<unknown, null>({ timeoutEarlyInMillis: 0 })
    .use(observed())
    .use(reported)
    .handler(async (event) => {
      await step(schema.parse(event));
      return null;
    });
