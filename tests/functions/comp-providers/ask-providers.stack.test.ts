import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Body, startAsking } from './asking.ts';
import { beyondPlan, SEARCHAPI_KEY, SOLD_TITLE, sold, soldRow, startSearchApi } from './searchapi-server.ts';
import { HOSTILE, json } from './vendor-server.ts';

const searchapi = await startSearchApi();
const KEYS = { searchapi: { apiKey: SEARCHAPI_KEY, callsPerDay: 1000, url: searchapi.url } };
const { documents, newWorkspace, value, list, add, callsDuring, reset, close } = await startAsking(searchapi, KEYS);
afterAll(close);
beforeEach(reset);

const sale = (priceCents: number, changes: object = {}) => ({
  title: SOLD_TITLE,
  status: 'sold',
  priceCents,
  currency: 'USD',
  source: 'own sales',
  sourceId: `A-${priceCents}`,
  ...changes,
});

const outcomeIn = ({ body }: { readonly body: Body }) => body.providers?.[0];

describe('a valuation with providers=ask', () => {
  it('stores what is answered, and values it at once, with unknown days', async () => {
    const workspace = newWorkspace();
    const answer = await value(workspace);
    expect(outcomeIn(answer)).toMatchObject({
      provider: 'searchapi',
      outcome: 'asked',
      rows: { answered: 3, stored: 3, quarantined: 0, duplicate: 0, unrelated: 0, rejected: [] },
    });
    expect(answer.body).toMatchObject({ status: 'valued', value: { marketCents: 6699 } });
    expect(answer.body.kept.map(({ comp }: { readonly comp: Body }) => [comp.source, comp.date])).toEqual(
      Array(3).fill(['searchapi.io', undefined]),
    );
    const withoutAsking = await value(workspace, { providers: undefined });
    const { providers: _asked, ...same } = answer.body;
    expect(withoutAsking.body).toEqual(same);
  });

  it('is not asked for by default, nor by a key that may only read', async () => {
    const workspace = newWorkspace();
    const calls = await callsDuring(async () => {
      expect((await value(workspace, { providers: undefined })).body.providers).toBeUndefined();
      const refused = await value(workspace, {}, { role: 'viewer' });
      expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
      expect((await value(workspace, { providers: 'always' })).status).toBe(400);
    });
    expect(calls).toBe(0);
  });

  it('sends the query in plain words, and the key in no address', async () => {
    await value(newWorkspace(), { query: 'Dončić (Prizm) #280' });
    const { url, headers } = searchapi.requests.at(-1) ?? {};
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      engine: 'ebay_search',
      ebay_domain: 'ebay.com',
      q: 'doncic prizm #280',
      filters: 'sold_listings',
      num: '120',
    });
    expect(headers?.authorization).toBe(`Bearer ${SEARCHAPI_KEY}`);
  });

  it('calls nobody again while the answer is fresh, however the query is written, but for another workspace', async () => {
    const [workspace, other] = [newWorkspace(), newWorkspace()];
    await value(workspace);
    const calls = await callsDuring(async () => {
      const again = await value(workspace, { query: ` ${SOLD_TITLE.toUpperCase()}  ` });
      expect(outcomeIn(again)).toMatchObject({ outcome: 'fresh', askedAt: expect.any(String) });
      expect(again.body.status).toBe('valued');
    });
    expect(calls).toBe(0);
    expect(
      await callsDuring(async () => expect(outcomeIn(await value(other))).toMatchObject({ outcome: 'asked' })),
    ).toBe(1);
  });

  it('calls once for equal requests at the same time', async () => {
    const workspace = newWorkspace();
    const answers: Awaited<ReturnType<typeof value>>[] = [];
    const calls = await callsDuring(async () => {
      answers.push(...(await Promise.all(Array.from({ length: 6 }, () => value(workspace)))));
    });
    const outcomes = answers.map((answer) => outcomeIn(answer).outcome);
    expect(calls).toBe(1);
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(1);
    expect(outcomes.every((outcome) => ['asked', 'pending', 'fresh'].includes(outcome))).toBe(true);
  });

  it('takes the rows in as all comps: once, and outliers and relistings in quarantine', async () => {
    const workspace = newWorkspace();
    await add(workspace, ...[60, 61, 62, 63, 64].map((dollars) => sale(dollars * 100)));
    const before = sold.rows;
    sold.rows = [
      soldRow(1, 60, { seller: { name: 'joe' } }),
      soldRow(1, 60, { seller: { name: 'joe' } }),
      soldRow(2, 60, { seller: { name: 'joe' } }),
      soldRow(3, 6000),
      soldRow(4, 60, { title: 'Wooden chair' }),
      soldRow(5, -60),
    ];
    const answer = await value(workspace);
    sold.rows = before;
    expect(outcomeIn(answer).rows).toEqual({
      answered: 6,
      stored: 1,
      quarantined: 2,
      renewed: 0,
      duplicate: 1,
      unrelated: 1,
      rejected: [{ reason: 'price', rows: 1 }],
    });
    const quarantined = await list(workspace, { state: 'quarantined' });
    expect(
      quarantined.body.comps.map(({ quarantine }: { readonly quarantine: Body }) => quarantine.reason).toSorted(),
    ).toEqual(['outlier', 'relisting']);
  });

  it.each([
    'a page of HTML',
    'a redirect to another host',
    'half an answer',
    'an error of its own',
    'a refused key',
  ] as const)('answers from what is stored after %s, and leaves the provider alone then', async (what) => {
    const workspace = newWorkspace();
    await add(workspace, sale(6000), sale(6100));
    const [, respond] = HOSTILE[what];
    searchapi.answer(respond);
    const answer = await value(workspace);
    expect(answer.body).toMatchObject({ status: 'valued', value: { marketCents: 6050 } });
    expect(outcomeIn(answer)).toMatchObject({ outcome: 'failed', why: expect.stringContaining('SearchAPI.io') });
    searchapi.answer();
    const calls = await callsDuring(async () => {
      const next = outcomeIn(await value(newWorkspace()));
      expect(next).toMatchObject({ outcome: 'paused', retryAfterSeconds: expect.any(Number) });
      expect(next.retryAfterSeconds).toBeGreaterThan(30);
    });
    expect(calls).toBe(0);
  });

  it('answers within the time of the function although the provider is silent', async () => {
    const workspace = newWorkspace();
    await add(workspace, sale(6000), sale(6100));
    searchapi.answer(() => undefined);
    const begunMs = performance.now();
    const answer = await value(workspace);
    expect(answer.body).toMatchObject({ status: 'valued' });
    expect(outcomeIn(answer)).toMatchObject({ outcome: 'failed', why: expect.stringContaining('in time') });
    const seconds = (performance.now() - begunMs) / 1000;
    expect(seconds).toBeGreaterThan(11);
    expect(seconds).toBeLessThan(20);
  });

  it('waits as long as the provider says, an hour at most, and asks on after a query that it refuses', async () => {
    searchapi.answer(beyondPlan('600'));
    expect(outcomeIn(await value(newWorkspace()))).toMatchObject({ outcome: 'failed' });
    const { retryAfterSeconds } = outcomeIn(await value(newWorkspace()));
    expect(Math.abs(retryAfterSeconds - 600)).toBeLessThan(30);
    await reset();
    searchapi.answer(beyondPlan('99999999'));
    await value(newWorkspace());
    expect(outcomeIn(await value(newWorkspace())).retryAfterSeconds).toBeLessThanOrEqual(3600);
    await reset();
    searchapi.answer((_request, response) => json(response, 400, { error: 'Bad q' }));
    await value(newWorkspace());
    searchapi.answer();
    expect(outcomeIn(await value(newWorkspace()))).toMatchObject({ outcome: 'asked' });
  });

  it('asks nobody for a kind or a currency that no provider knows', async () => {
    const calls = await callsDuring(async () => {
      for (const changes of [{ kind: 'property', query: '1 Main Street house' }, { currency: 'JPY' }]) {
        expect(outcomeIn(await value(newWorkspace(), changes))).toMatchObject({ outcome: 'not_offered' });
      }
    });
    expect(calls).toBe(0);
  });
});

describe('a list of comps with providers=ask', () => {
  it('lists what was just answered', async () => {
    const answer = await list(newWorkspace(), { providers: 'ask', query: SOLD_TITLE, currency: 'USD' });
    expect(answer.body.comps).toHaveLength(3);
    expect(outcomeIn(answer)).toMatchObject({ outcome: 'asked' });
  });

  it.each([
    ['no query', { currency: 'USD' }, 'query.query'],
    ['no currency', { query: SOLD_TITLE }, 'query.currency'],
    ['a cursor', { query: SOLD_TITLE, currency: 'USD', cursor: 'x' }, 'cursor'],
  ])('is refused with %s', async (_what, query, named) => {
    const answer = await list(newWorkspace(), { providers: 'ask', ...query });
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(named)]);
  });
});

describe('addComps', () => {
  it('refuses comps under the name of a provider', async () => {
    const workspace = newWorkspace();
    const answer = await add(workspace, sale(6000), sale(1, { source: 'SearchAPI.io' }));
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, 'body.comps[1].source']);
    expect((await list(workspace)).body.comps).toEqual([]);
  });
});

describe('the key', () => {
  it('is in no reply and in no row', async () => {
    const workspace = newWorkspace();
    searchapi.answer((_request, response) => json(response, 401, { error: `Invalid API key ${SEARCHAPI_KEY}` }));
    const { text } = await value(workspace);
    const { Items } = await documents.send(new ScanCommand({ TableName: 'comps' }));
    expect(Items?.length).toBeGreaterThan(0);
    expect(text + JSON.stringify(Items)).not.toContain(SEARCHAPI_KEY);
  });
});
