import { z } from 'zod';
import { RequestError } from './errors.ts';

/** What one API key may: its steady rate, the requests it may send at once, and its requests on one day in UTC. */
export const RequestLimits = z.strictObject({
  perSecond: z.number().positive(),
  burst: z.int().positive(),
  perDay: z.int().positive(),
});
export type RequestLimits = z.infer<typeof RequestLimits>;

/**
 * The use of one key on one day. Its token bucket is stored as the time at which it will be full again (the generic cell rate
 * algorithm): tokens = burst - (fullAtMs - now) x perSecond / 1000.
 */
export const KeyUse = z.object({ used: z.int(), fullAtMs: z.number() });
export type KeyUse = z.infer<typeof KeyUse>;

/** The time in which a bucket gains one token. */
export const millisecondsPerToken = ({ perSecond }: RequestLimits): number => 1000 / perSecond;

/** The latest `fullAtMs` of a bucket that still holds one token. */
export const lastFullAtMs = (limits: RequestLimits, now: Date): number =>
  now.getTime() + (limits.burst - 1) * millisecondsPerToken(limits);

/** The day in UTC, yyyy-mm-dd. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** UTC has days of one length in Unix time. */
const MILLISECONDS_PER_DAY = 24 * 3600 * 1000;

/** The end of the day in UTC, as Unix time in milliseconds. */
export const endOfDayMs = (now: Date): number =>
  Math.floor(now.getTime() / MILLISECONDS_PER_DAY + 1) * MILLISECONDS_PER_DAY;

/** The refusal of a request that the limits do not admit, with the time after which they do. */
export function refusalOf({ used, fullAtMs }: KeyUse, limits: RequestLimits, now: Date): RequestError {
  const { perSecond, burst, perDay } = limits;
  if (used >= perDay) {
    const detail = `This API key has sent ${perDay} requests today (UTC), which is its limit.`;
    return new RequestError('quota_exceeded', detail, [], secondsUntil(endOfDayMs(now), now));
  }
  const seconds = secondsUntil(fullAtMs - (lastFullAtMs(limits, now) - now.getTime()), now);
  const detail = `Too many requests: an API key may send ${perSecond} per second, ${burst} at once. Try again in ${seconds} s.`;
  return new RequestError('rate_limited', detail, [], seconds);
}

const secondsUntil = (ms: number, now: Date): number => Math.max(1, Math.ceil((ms - now.getTime()) / 1000));
