import { setTimeout as sleep } from 'node:timers/promises';

/** The result of some work; 'late' when it takes longer, while the work may go on: native code cannot be stopped. */
export async function unlessLate<Result>(
  limitMilliseconds: number,
  work: () => Promise<Result>,
): Promise<Result | 'late'> {
  const over = new AbortController();
  const late = sleep(limitMilliseconds, 'late' as const, { signal: over.signal });
  try {
    return await Promise.race([work(), late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
