import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { askEbay } from '../../../functions/comp-providers/ebay-client.ts';
import type { ProviderQuestion } from '../../../functions/comp-providers/provider.ts';
import { startAsking } from './asking.ts';
import { askRow, EBAY_KEY, ebay, searchRefused, startEbay } from './ebay-server.ts';
import { SOLD_TITLE } from './searchapi-server.ts';
import { HOSTILE, json } from './vendor-server.ts';

const server = await startEbay();
const KEY = { ...EBAY_KEY, callsPerDay: 1000, url: server.url };
const { newWorkspace, value, list, add, callsDuring, reset, close } = await startAsking(server, { ebay: KEY });
afterAll(close);
beforeEach(async () => {
  await reset();
  ebay.tokens.length = 0;
});

const QUESTION: ProviderQuestion = { kind: 'collectible', words: 'ken griffey', currency: 'USD' };

/** A key of its own has a token of its own. */
let clients = 0;
const newKey = () => {
  clients += 1;
  return { ...KEY, url: `${server.url}?${clients}` };
};

const ebayIn = ({ body }: Awaited<ReturnType<typeof value>>) => body.providers?.[1];

describe('askEbay', () => {
  it('asks for a token once, and for another shortly before its end', async () => {
    const key = newKey();
    await askEbay(QUESTION, key);
    await askEbay(QUESTION, key);
    expect(ebay.tokens).toHaveLength(1);
    ebay.expiresSeconds = 60;
    const short = newKey();
    await askEbay(QUESTION, short);
    await askEbay(QUESTION, short);
    ebay.expiresSeconds = 7200;
    expect(ebay.tokens).toHaveLength(3);
  });

  it('uses no token further that was refused', async () => {
    const key = newKey();
    await askEbay(QUESTION, key);
    ebay.tokens.length = 0;
    expect(await askEbay(QUESTION, key)).toMatchObject({ status: 'failed', failure: 'key_refused' });
    expect(await askEbay(QUESTION, key)).toMatchObject({ status: 'answered' });
  });

  it('searches fixed prices on the marketplace of the currency', async () => {
    await askEbay({ ...QUESTION, currency: 'GBP' }, newKey());
    const { url, headers } = server.requests.at(-1) ?? {};
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      q: 'ken griffey',
      limit: '200',
      filter: 'buyingOptions:{FIXED_PRICE}',
    });
    expect(headers?.['x-ebay-c-marketplace-id']).toBe('EBAY_GB');
  });

  it.each([
    ['a wrong client secret', { clientSecret: 'wrong' }, 'key_refused'],
    ['a wrong client', { clientId: 'wrong' }, 'key_refused'],
  ])('fails without a search with %s', async (_what, changes, failure) => {
    const calls = await callsDuring(async () => {
      expect(await askEbay(QUESTION, { ...newKey(), ...changes })).toMatchObject({ status: 'failed', failure });
    });
    expect(calls).toBe(1);
  });

  it.each([
    ['more calls than it allows', searchRefused(429, 2001, 'Too many requests.'), 'rate_limited'],
    ['a query that it does not take', searchRefused(400, 12_001, 'The call must have a valid q.'), 'request_refused'],
    ['an error of its own', searchRefused(500, 12_000, 'There was an eBay system error.'), 'server_error'],
    ['a page of HTML for a token', HOSTILE['a page of HTML'][1], 'unreadable'],
    ['a redirect of the token', HOSTILE['a redirect to another host'][1], 'unreadable'],
  ] as const)('fails at %s', async (_what, respond, failure) => {
    server.answer(respond);
    expect(await askEbay(QUESTION, newKey())).toMatchObject({ status: 'failed', failure });
  });

  it('takes no token with a line break, which would write headers', async () => {
    server.answer((_request, response) => json(response, 200, { access_token: 'x\r\nX-Evil: 1', expires_in: 7200 }));
    expect(await askEbay(QUESTION, newKey())).toEqual({ status: 'failed', failure: 'unreadable' });
  });
});

describe('a valuation with providers=ask', () => {
  it('has the asks of eBay beside the stored sales, and renews them when they are asked otherwise', async () => {
    const workspace = newWorkspace();
    const sale = { title: SOLD_TITLE, status: 'sold', currency: 'USD', source: 'own sales' };
    await add(
      workspace,
      ...[70, 72, 74].map((dollars) => ({ ...sale, priceCents: dollars * 100, sourceId: `${dollars}` })),
    );
    const answer = await value(workspace);
    expect(ebayIn(answer)).toMatchObject({ outcome: 'asked', status: 'asking', rows: { answered: 2, stored: 2 } });
    expect(answer.body).toMatchObject({ status: 'valued', market: { pressure: { medianAskCents: 8900 } } });

    const before = ebay.rows;
    ebay.rows = [askRow(0, 75), askRow(1, 90)];
    const other = await value(workspace, { query: `${SOLD_TITLE} rookie` });
    ebay.rows = before;
    expect(ebayIn(other)).toMatchObject({ outcome: 'asked', rows: { answered: 2, renewed: 1, duplicate: 1 } });
    const { body } = await list(workspace, { query: SOLD_TITLE });
    const asks = body.comps.filter(
      ({ comp }: { readonly comp: { readonly status: string } }) => comp.status === 'asking',
    );
    expect(
      asks.map(({ comp }: { readonly comp: { readonly priceCents: number } }) => comp.priceCents).toSorted(),
    ).toEqual([7900, 9400]);
  });

  it('makes no value of asks alone', async () => {
    expect(await value(newWorkspace())).toMatchObject({ status: 200, body: { status: 'too_few_sales' } });
  });
});
