import { type Bucket, type Throttle, takeToken } from './token-bucket.ts';

/** Token buckets, each for a method of a stage or for an API key in a usage plan. */
export type Throttles = {
  /** Takes one token from each bucket, or none when any is empty. */
  readonly take: (limits: readonly { readonly key: string; readonly throttle: Throttle }[]) => boolean;
};

export function createThrottles(nowMs: () => number): Throttles {
  const buckets = new Map<string, Bucket>();
  return {
    take: (limits) => {
      const now = nowMs();
      const after = limits.map(({ key, throttle }) => [key, takeToken(throttle, buckets.get(key), now)] as const);
      if (after.some(([, bucket]) => bucket === undefined)) return false;
      for (const [key, bucket] of after) if (bucket) buckets.set(key, bucket);
      return true;
    },
  };
}
