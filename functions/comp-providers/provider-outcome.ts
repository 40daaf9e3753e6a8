import { z } from 'zod';
import { type Failure, PROVIDERS, ProviderName, REJECTIONS, type Rejection } from './provider.ts';

const Rows = z.int().nonnegative();

/** What became of the rows of an answer. */
export const RowCounts = z.strictObject({
  answered: Rows.describe('Rows of the answer.'),
  stored: Rows.describe('New comps that may count.'),
  quarantined: Rows.describe('New comps that count once a person admits them.'),
  renewed: Rows.describe('Asking prices that were seen again.'),
  duplicate: Rows.describe('Comps that were there already.'),
  unrelated: Rows.describe('Rows with too few names of the query to be relevant; they are not stored.'),
  rejected: z
    .array(
      z.strictObject({
        reason: z
          .enum(REJECTIONS)
          .describe(
            '`price`: none, or a range. `currency`: another one. `shipping`: its cost is unknown, so that the price is not what the buyer pays. `unreadable`: not as documented.',
          ),
        rows: Rows.describe('Number of rows.'),
      }),
    )
    .describe('Rows that are no comps, by reason.'),
});
export type RowCounts = z.infer<typeof RowCounts>;

/** What asking a provider came to. Whatever it is, the reply rests on what is stored. */
export const ProviderOutcome = z
  .strictObject({
    provider: ProviderName,
    status: z.enum(['sold', 'asking']).describe('What it lists: sales, or asking prices.'),
    outcome: z
      .enum(['asked', 'fresh', 'pending', 'no_key', 'not_offered', 'quota_used_up', 'paused', 'failed'])
      .describe(
        '`asked`: it answered, and its rows are stored. `fresh`: it answered the same not long ago, and was not asked again. `pending`: another request is asking it the same at this moment. `no_key`: the operator has put no key. `not_offered`: it knows nothing of this kind or currency. `quota_used_up`: its calls of this UTC day are used up. `paused`: it failed not long ago, and is left alone. `failed`: it did not answer, or nothing readable.',
      ),
    askedAt: z.iso.datetime().optional().describe('When it was asked, in UTC; of `asked`, `fresh` and `pending`.'),
    rows: RowCounts.optional().describe('What became of the rows of its answer; of `asked`.'),
    retryAfterSeconds: z.int().positive().optional().describe('When it may answer again; of `paused`.'),
    why: z.string().describe('The outcome in words.'),
  })
  .meta({ id: 'ProviderOutcome', description: 'What asking a provider of comps came to.' });
export type ProviderOutcome = z.infer<typeof ProviderOutcome>;

type Said = Omit<ProviderOutcome, 'provider' | 'status'>;

/** The outcome of this provider. */
export const outcomeOf = (provider: ProviderName, said: Said): ProviderOutcome => ({
  provider,
  status: PROVIDERS[provider].status,
  ...said,
});

const FAILED_WORDS: Readonly<Record<Failure, string>> = {
  unreachable: 'could not be reached',
  timed_out: 'did not answer in time',
  rate_limited: 'refuses further calls for now',
  key_refused: "refuses the operator's key",
  request_refused: 'refuses the query',
  server_error: 'reports an error of its own',
  unreadable: 'answered with something else than is documented',
};

/** A failure in words. */
export const failedWords = (provider: ProviderName, failure: Failure): string =>
  `${PROVIDERS[provider].title} ${FAILED_WORDS[failure]}; the reply rests on stored comps.`;

/** The rejected rows by reason, most first. */
export const rejectedCounts = (rejections: readonly Rejection[]): RowCounts['rejected'] =>
  [...Map.groupBy(rejections, (reason) => reason)]
    .map(([reason, { length: rows }]) => ({ reason, rows }))
    .toSorted((one, other) => other.rows - one.rows || (one.reason < other.reason ? -1 : 1));
