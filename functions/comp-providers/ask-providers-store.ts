import type { WorkspaceId } from '../platform/ids.ts';
import { count, log, measure } from '../platform/observability.ts';
import { type Asking, claimQuery, concludeQuery, releaseQuery } from './asked-queries-store.ts';
import { askEbay } from './ebay-client.ts';
import {
  type Failure,
  PROVIDER_NAMES,
  PROVIDERS,
  type ProviderAnswer,
  type ProviderName,
  type ProviderQuestion,
  type ReadRow,
  whyNotOffered,
} from './provider.ts';
import type { ProviderKey, ProviderKeys } from './provider-keys.ts';
import { providerKeys } from './provider-keys-client.ts';
import { failedWords, outcomeOf, type ProviderOutcome, type RowCounts } from './provider-outcome.ts';
import { pauseSecondsAfter } from './provider-rows.ts';
import { pauseProvider, type Reservation, reserveCall } from './provider-use-store.ts';
import { askSearchApi } from './searchapi-client.ts';

/** Stores what a provider answered; says what became of the rows. */
export type TakeIn = (provider: ProviderName, rows: readonly ReadRow[]) => Promise<RowCounts>;

/**
 * Asks every provider that has not answered the same not long ago, all at once and each once, and has its rows taken in. No
 * failure of a provider is an error. Safe to repeat where taking in is.
 */
export async function askProviders(
  workspaceId: WorkspaceId,
  question: ProviderQuestion,
  takeIn: TakeIn,
  now: Date,
): Promise<ProviderOutcome[]> {
  const keys = await providerKeys(now);
  return Promise.all(
    PROVIDER_NAMES.map((provider) => askProvider({ workspaceId, provider, question }, takeIn, keys, now)),
  );
}

async function askProvider(
  asking: Asking,
  takeIn: TakeIn,
  keys: ProviderKeys | undefined,
  now: Date,
): Promise<ProviderOutcome> {
  const { provider, question } = asking;
  const { title } = PROVIDERS[provider];
  const notOffered = whyNotOffered(PROVIDERS[provider], question);
  if (notOffered) return outcomeOf(provider, { outcome: 'not_offered', why: notOffered });
  if (!keys) {
    count('ProviderFailed');
    return outcomeOf(provider, { outcome: 'failed', why: `The key of ${title} could not be read. Try again.` });
  }
  const key = keys[provider];
  if (!key) return outcomeOf(provider, { outcome: 'no_key', why: `The operator has put no key of ${title}.` });

  const claimed = await claimQuery(asking, now);
  measure('ProviderCacheHit', claimed ? 100 : 0);
  if (claimed) return claimedOutcome(provider, claimed);
  const reservation = await reserveCall(provider, key.callsPerDay, now);
  if (reservation.status !== 'reserved') {
    await releaseQuery(asking, now);
    return deniedOutcome(provider, reservation);
  }
  measure('ProviderQuotaUsed', (100 * reservation.used) / key.callsPerDay);
  const answer = await askWith(provider, question, key);
  return answer.status === 'failed' ? fail(asking, answer, now) : store(asking, answer.rows, takeIn, now);
}

/** How each provider is asked. */
const CLIENTS: {
  readonly [Name in ProviderName]: (question: ProviderQuestion, key: ProviderKey<Name>) => Promise<ProviderAnswer>;
} = { searchapi: askSearchApi, ebay: askEbay };

const askWith = <Name extends ProviderName>(provider: Name, question: ProviderQuestion, key: ProviderKey<Name>) =>
  CLIENTS[provider](question, key);

function claimedOutcome(
  provider: ProviderName,
  { state, askedAtMs }: NonNullable<Awaited<ReturnType<typeof claimQuery>>>,
): ProviderOutcome {
  const askedAt = new Date(askedAtMs).toISOString();
  const { title, freshSeconds } = PROVIDERS[provider];
  return state === 'answered'
    ? outcomeOf(provider, {
        outcome: 'fresh',
        askedAt,
        why: `${title} answered this query at ${askedAt}; it is asked again after ${freshSeconds / 60} min.`,
      })
    : outcomeOf(provider, {
        outcome: 'pending',
        askedAt,
        why: `Another request is asking ${title} the same; its rows are stored within seconds.`,
      });
}

function deniedOutcome(provider: ProviderName, denied: Exclude<Reservation, { status: 'reserved' }>): ProviderOutcome {
  const { title } = PROVIDERS[provider];
  if (denied.status === 'quota_used_up') {
    measure('ProviderQuotaUsed', 100);
    const why = `The calls of ${title} are used up for this UTC day; the reply rests on stored comps.`;
    return outcomeOf(provider, { outcome: 'quota_used_up', why });
  }
  count('ProviderFailed');
  const why = `${title} failed not long ago, and is left alone for ${denied.seconds} s; the reply rests on stored comps.`;
  return outcomeOf(provider, { outcome: 'paused', retryAfterSeconds: denied.seconds, why });
}

async function fail(
  asking: Asking,
  { failure, retryAfterSeconds }: { readonly failure: Failure; readonly retryAfterSeconds?: number },
  now: Date,
): Promise<ProviderOutcome> {
  const { provider } = asking;
  const pauseSeconds = pauseSecondsAfter(failure, retryAfterSeconds);
  count('ProviderFailed');
  log.warn('A provider of comps failed', { provider, failure, pauseSeconds });
  await Promise.all([pauseProvider(provider, pauseSeconds, new Date()), releaseQuery(asking, now)]);
  return outcomeOf(provider, { outcome: 'failed', why: failedWords(provider, failure) });
}

async function store(
  asking: Asking,
  answered: readonly ReadRow[],
  takeIn: TakeIn,
  now: Date,
): Promise<ProviderOutcome> {
  const { provider } = asking;
  const rows = await takeIn(provider, answered);
  await concludeQuery(asking, now);
  const why = `${PROVIDERS[provider].title} answered with ${rows.answered} rows, of which ${rows.stored} are new comps.`;
  return outcomeOf(provider, { outcome: 'asked', askedAt: now.toISOString(), rows, why });
}
