import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import { Providers } from '../comp-providers/asking-rules.ts';
import { ProviderOutcome } from '../comp-providers/provider-outcome.ts';
import { CurrencyCode } from '../platform/currency-code.ts';
import { NextCursor, PageQuery } from '../platform/paging.ts';
import { PolicyUses } from '../platform/policy-use.ts';
import { Comp } from './comp.ts';
import { CompId, CompState, StoredComp } from './comp-rows.ts';
import { LISTED_COMPS } from './listed-comps.ts';
import { Valuation } from './valuation.ts';

/** Most comps of one request: each is read and written by itself. */
const MOST_COMPS = 200;

const Query = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe(
    'What the thing is, as a seller would write it. What it does not name, the thing does not have: no grade is raw, no parallel is base.',
  );

const Currency = CurrencyCode.describe(
  'ISO 4217 code, such as USD. Comps in another currency do not count: nothing is converted.',
);

/** The body of POST /comps. */
export const NewComps = z.strictObject({
  kind: AssetKind,
  comps: z.array(Comp).min(1).max(MOST_COMPS).describe(`Sales and asking prices, at most ${MOST_COMPS}.`),
});

const AddedComp = z.strictObject({
  compId: CompId,
  outcome: z
    .enum(['stored', 'quarantined', 'renewed', 'duplicate'])
    .describe(
      '`stored`: it may count. `quarantined`: stored, and counts once a person admits it. `renewed`: its source says something else of it than is stored, which it replaces. `duplicate`: it was there already, or what is stored is of a later day; nothing changed.',
    ),
  why: z.string().optional().describe('Why it is in quarantine.'),
});

const Outcomes = z
  .array(ProviderOutcome)
  .optional()
  .describe('What asking each provider came to; absent of `stored_only`.');

/** The operations on comps, and the valuation by them. */
export const COMPS_API = {
  addComps: {
    summary: 'Store sales and asking prices',
    description:
      'All of them, or with a mistake in one none: the reply then names every mistake. The same row again is a duplicate, whenever it is sent; another row with the same source, id there and status renews it, which the comp says. Likely relistings and outliers are quarantined until a person decides.',
    body: NewComps,
    status: 201,
    reply: z.strictObject({
      comps: z.array(AddedComp).describe('What became of each, in the order of the request.'),
      policies: PolicyUses,
    }),
    problems: [],
    creates: true,
  },
  listComps: {
    summary: 'List stored comps of a kind',
    description:
      'In the order of their ids. With `query`, those that are relevant to it. A page may be short, or even empty, while there is a `nextCursor`.',
    query: PageQuery.extend({
      kind: AssetKind,
      query: Query.optional().describe('List only comps that are relevant to it, as for a valuation.'),
      state: CompState.optional().describe('List only comps in this state.'),
      providers: Providers.describe(
        'As of a valuation. With `ask`, a `query` and a `currency` are required, and there is no `cursor`: only the first page asks.',
      ),
      currency: Currency.optional().describe(
        'ISO 4217 code in which providers are asked; comps of every currency are listed.',
      ),
    }),
    status: 200,
    reply: z.strictObject({
      comps: z.array(StoredComp).describe('The comps of this page.'),
      nextCursor: NextCursor,
      providers: Outcomes,
    }),
    problems: ['invalid_cursor'],
  },
  decideOnComp: {
    summary: 'Admit or drop a comp',
    description:
      'A dropped comp counts for no valuation, and can be admitted again. Deciding the same again changes nothing but the time.',
    params: z.object({ compId: CompId }),
    body: z.strictObject({
      decision: z.enum(['admit', 'drop']).describe('`admit`: it may count. `drop`: it does not count.'),
    }),
    status: 200,
    reply: StoredComp,
    problems: ['not_found'],
  },
  valueThing: {
    summary: 'Value a thing by stored comps',
    description: `Quick, market and patient value with interval and confidence, the state of the market, and every comp with its weight or the reason why it does not count: the ${LISTED_COMPS} most weighty that count and as many that do not, and with \`cursor\` the next ones. Only stored comps count: nothing of the request is evidence. With \`providers: ask\`, providers are asked first, and their rows stored.`,
    body: z.strictObject({
      kind: AssetKind,
      query: Query,
      currency: Currency,
      cursor: PageQuery.shape.cursor.describe(
        'The `nextCursor` of the reply before, for the next comps of the same valuation; refused once its evidence has changed.',
      ),
      providers: Providers,
    }),
    status: 200,
    reply: Valuation.extend({
      unrelatedComps: z
        .int()
        .nonnegative()
        .describe('Stored comps with too few names of the query to be relevant; they are not listed.'),
      isComplete: z.boolean().describe('Whether every stored comp of the kind was read; of very many, only some are.'),
      nextCursor: NextCursor,
      providers: Outcomes,
    }),
    problems: ['invalid_cursor'],
  },
} as const;
