import middy from '@middy/core';
import { observed, reported } from './observability.ts';

/** A Lambda on a schedule. Delivery is at least once, so its step must be idempotent. */
export const scheduleHandler = (step: (now: Date) => Promise<void>) =>
  middy<unknown, null>({ timeoutEarlyInMillis: 0 })
    .use(observed())
    .use(reported)
    .handler(async () => {
      await step(new Date());
      return null;
    });
