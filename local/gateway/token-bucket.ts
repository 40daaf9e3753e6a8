/** A throttle: `rate` requests per second on average, up to `burst` at once. */
export type Throttle = { readonly rate: number; readonly burst: number };

/** The tokens in a bucket at a time. */
export type Bucket = { readonly tokens: number; readonly atMs: number };

/**
 * The bucket after one more request; undefined when it holds less than one token.
 *
 * tokens = min(burst, tokens + rate x seconds) - 1; a new bucket is full.
 */
export function takeToken(throttle: Throttle, bucket: Bucket | undefined, nowMs: number): Bucket | undefined {
  const before = bucket ?? { tokens: throttle.burst, atMs: nowMs };
  // A clock that was set back adds no tokens and removes none.
  const passedSeconds = Math.max(0, nowMs - before.atMs) / 1000;
  const tokens = Math.min(throttle.burst, before.tokens + passedSeconds * throttle.rate);
  return tokens < 1 ? undefined : { tokens: tokens - 1, atMs: Math.max(nowMs, before.atMs) };
}
