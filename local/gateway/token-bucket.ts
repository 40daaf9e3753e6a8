/** How fast requests may come: `rate` a second on average, up to `burst` at once. */
export type Throttle = { readonly rate: number; readonly burst: number };

/** What is left of a burst, and when that was known. */
export type Bucket = { readonly tokens: number; readonly atMs: number };

/**
 * The bucket after one more request, or undefined when the request is one too many. Tokens flow in at the rate and the
 * bucket holds no more than the burst; a new bucket is full.
 */
export function takeToken(throttle: Throttle, bucket: Bucket | undefined, nowMs: number): Bucket | undefined {
  const before = bucket ?? { tokens: throttle.burst, atMs: nowMs };
  // A clock that went back gives nothing and takes nothing.
  const passedSeconds = Math.max(0, nowMs - before.atMs) / 1000;
  const tokens = Math.min(throttle.burst, before.tokens + passedSeconds * throttle.rate);
  return tokens < 1 ? undefined : { tokens: tokens - 1, atMs: Math.max(nowMs, before.atMs) };
}
