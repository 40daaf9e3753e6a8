import { z } from 'zod';
import type { WorkspaceId } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { dayOf, endOfDayMs } from '../platform/request-limits.ts';
import { sha256 } from '../platform/sha256.ts';
import { type Failure, PROVIDERS, type ProviderName, type ProviderQuestion } from './provider.ts';

/** The calls of a provider on one UTC day, and until when it is left alone after a failure. */
export const ProviderDay = z.object({ used: z.int().default(0), pausedUntilMs: z.number().default(0) });
export type ProviderDay = z.infer<typeof ProviderDay>;

export const providerDayKey = (provider: ProviderName, now: Date) => ({
  pk: `${TABLES.comps.partitions.provider}${provider}`,
  sk: dayOf(now),
});

/** Seconds of a day. */
const DAY_SECONDS = 86_400;

/** The row of a day is kept a month, to be looked at. */
export const providerDayKeptUntil = (now: Date): number => endOfDayMs(now) / 1000 + 30 * DAY_SECONDS;

/** A query that a provider is being asked, or has answered, for a workspace. */
export const AskedQuery = z.object({
  state: z.enum(['asking', 'answered']),
  askedAtMs: z.number(),
  freshUntilMs: z.number(),
});
export type AskedQuery = z.infer<typeof AskedQuery>;

export const askedQueryKey = (
  workspaceId: WorkspaceId,
  provider: ProviderName,
  { kind, currency, words }: ProviderQuestion,
) => ({
  pk: `${TABLES.comps.partitions.asked}${workspaceId}`,
  sk: `${provider}#${sha256(JSON.stringify([kind, currency, words]))}`,
});

/** A call has ended by then, whatever becomes of it: the function's time limit. */
const CALL_MILLISECONDS = 25_000;

/** A row that says that the query is being asked. */
export const askingFrom = (now: Date): AskedQuery => ({
  state: 'asking',
  askedAtMs: now.getTime(),
  freshUntilMs: now.getTime() + CALL_MILLISECONDS,
});

/** A row that says when it was answered. */
export const answeredFrom = (provider: ProviderName, now: Date): AskedQuery => ({
  state: 'answered',
  askedAtMs: now.getTime(),
  freshUntilMs: now.getTime() + PROVIDERS[provider].freshSeconds * 1000,
});

/** The seconds for which a provider is left alone, by what went wrong. Chosen by eye, but for `Retry-After`. */
const PAUSE_SECONDS: Readonly<Record<Failure, number>> = {
  unreachable: 60,
  timed_out: 60,
  server_error: 60,
  unreadable: 60,
  rate_limited: 60,
  // Until somebody has put another key.
  key_refused: 300,
  // The next query may be a better one.
  request_refused: 0,
};

/** The longest pause that a provider can ask for, in seconds: an answer of "tomorrow" is tried again within the hour. */
const LONGEST_PAUSE_SECONDS = 3600;

/** For how long a provider is left alone, by all workspaces, so that none waits for it in vain. */
export const pauseSecondsAfter = (failure: Failure, retryAfterSeconds = 0): number =>
  Math.min(LONGEST_PAUSE_SECONDS, Math.max(PAUSE_SECONDS[failure], retryAfterSeconds));
