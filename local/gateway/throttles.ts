import { type Bucket, type Throttle, takeToken } from './token-bucket.ts';

/** Token buckets by what they limit: a method of a stage, or an API key in a usage plan. */
export type Throttles = {
  /** Takes a token of each bucket, or of none when one of them is empty. */
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
