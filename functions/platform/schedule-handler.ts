import middy from '@middy/core';
import { observed } from './observability.ts';

/** A Lambda that a schedule starts. It may be started twice for the same moment, so its step must be safe to repeat. */
export const scheduleHandler = (step: (now: Date) => Promise<void>) =>
  middy<unknown, null>({ timeoutEarlyInMillis: 0 })
    .use(observed())
    .handler(async () => {
      await step(new Date());
      return null;
    });
