import { afterAll, describe, expect, it } from 'vitest';
import type { RouteName } from '../../../functions/platform/names/routes.ts';
import type { Comp } from '../../../functions/valuation/comp.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/valuation/valuations-api.lambda.ts');

let workspaces = 0;
const newWorkspace = (): string => {
  workspaces += 1;
  return `workspace-${workspaces}`;
};

const QUERY = '1989 Upper Deck Ken Griffey Jr #1';
const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const sale = (priceCents: number, changes: Partial<Comp> = {}): Comp => ({
  title: QUERY,
  status: 'sold',
  priceCents,
  currency: 'USD',
  date: dayBefore(1),
  format: 'fixed_price',
  source: 'own sales',
  sourceId: `A-${priceCents}`,
  ...changes,
});

// biome-ignore lint/suspicious/noExplicitAny: answers of several operations
type Body = Record<string, any>;

async function ask(route: RouteName, workspaceId: string, asked: Asked = {}) {
  const { statusCode, body } = await handler(requestTo(route, { workspaceId, ...asked }), context);
  return { status: statusCode, body: JSON.parse(body) as Body };
}

const add = (workspaceId: string, ...comps: readonly object[]) =>
  ask('addComps', workspaceId, { body: { kind: 'collectible', comps } });

const outcomesOf = ({ body }: { readonly body: Body }): string[] =>
  body.comps.map(({ outcome }: { readonly outcome: string }) => outcome);

const valueIn = (workspaceId: string, changes: object = {}) =>
  ask('valueThing', workspaceId, { body: { kind: 'collectible', query: QUERY, currency: 'USD', ...changes } });

const list = (workspaceId: string, query: Record<string, string> = {}) =>
  ask('listComps', workspaceId, { query: { kind: 'collectible', ...query } });

describe('addComps', () => {
  it('stores a row once, whenever and however often it is sent', async () => {
    const workspace = newWorkspace();
    const { sourceId: _none, ...anonymous } = sale(5000);
    const rows = [sale(6000), anonymous];
    expect(outcomesOf(await add(workspace, ...rows))).toEqual(['stored', 'stored']);
    expect(outcomesOf(await add(workspace, ...rows, sale(6000)))).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect((await list(workspace)).body.comps).toHaveLength(2);
  });

  it('stores all of several equal requests at once exactly once', async () => {
    const workspace = newWorkspace();
    const answers = await Promise.all([1, 2, 3, 4].map(() => add(workspace, sale(6000))));
    expect(answers.flatMap(outcomesOf).toSorted()).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
  });

  it('renews an asking price that is seen later, and none that was seen before', async () => {
    const workspace = newWorkspace();
    const ask = (priceCents: number, days: number) =>
      sale(priceCents, { status: 'asking', date: dayBefore(days), sourceId: 'L-1' });
    expect(outcomesOf(await add(workspace, ask(9000, 5)))).toEqual(['stored']);
    expect(outcomesOf(await add(workspace, ask(8000, 2)))).toEqual(['renewed']);
    expect(outcomesOf(await add(workspace, ask(9500, 9)))).toEqual(['duplicate']);
    expect((await list(workspace)).body.comps).toMatchObject([{ comp: { priceCents: 8000, date: dayBefore(2) } }]);
  });

  it('quarantines the same sale by the same seller again, also within one request', async () => {
    const workspace = newWorkspace();
    const again = [1, 9, 80].map((days) => sale(6000, { seller: 'joe', sourceId: `A-${days}`, date: dayBefore(days) }));
    const answer = await add(workspace, ...again);
    expect(outcomesOf(answer)).toEqual(['stored', 'quarantined', 'stored']);
    expect(answer.body.comps[1].why).toContain('The same seller sold it at the same price');
    expect(outcomesOf(await add(workspace, sale(6000, { seller: 'ann', sourceId: 'B-1' })))).toEqual(['stored']);
  });

  it('quarantines a price far from what the same title brought', async () => {
    const workspace = newWorkspace();
    await add(workspace, ...[50, 55, 60, 65, 70].map((dollars) => sale(dollars * 100)));
    const title = 'KEN GRIFFEY JR #1 - 1989 UPPER DECK';
    const answer = await add(workspace, sale(600_000, { title }), sale(600, { title }), sale(24_000, { title }));
    expect(outcomesOf(answer)).toEqual(['quarantined', 'quarantined', 'stored']);
    expect(answer.body.comps[0].why).toBe('600000 cents; 5 sales of this title have a median of 6000.');
  });

  it('refuses all when one is wrong, and names every mistake', async () => {
    const workspace = newWorkspace();
    const wrong = [
      sale(6000),
      sale(-5),
      sale(6000, { date: '2999-01-01' }),
      { ...sale(6000), priceCents: '1.234,50' },
      { ...sale(6000), bids: 3 },
    ];
    const { status, body } = await add(workspace, ...wrong);
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { readonly path: string }) => path)).toEqual([
      'body.comps[1].priceCents',
      'body.comps[3].priceCents',
      'body.comps[4].bids',
    ]);
    const dates = await add(
      workspace,
      sale(6000),
      sale(6001, { date: '2999-01-01' }),
      sale(6002, { date: '1999-01-01' }),
    );
    expect([dates.status, dates.body.errors.map(({ path }: { readonly path: string }) => path)]).toEqual([
      400,
      ['body.comps[1].date', 'body.comps[2].date'],
    ]);
    expect((await list(workspace)).body.comps).toEqual([]);
  });
});

describe('decideOnComp', () => {
  it('admits what was quarantined, drops what counted, and says who decided', async () => {
    const workspace = newWorkspace();
    const rows = [1, 2].map((days) => sale(6000, { seller: 'joe', sourceId: `A-${days}`, date: dayBefore(days) }));
    const { body } = await add(workspace, ...rows);
    const decide = (index: number, decision: string) =>
      ask('decideOnComp', workspace, { params: { compId: body.comps[index].compId }, body: { decision } });
    expect((await valueIn(workspace)).body.status).toBe('too_few_sales');
    const admitted = await decide(1, 'admit');
    expect(admitted.body).toMatchObject({
      state: 'counted',
      decidedBy: expect.any(String),
      quarantine: { reason: 'relisting' },
    });
    expect((await valueIn(workspace)).body.status).toBe('valued');
    await decide(0, 'drop');
    expect((await valueIn(workspace)).body.status).toBe('too_few_sales');
    expect((await list(workspace, { state: 'dropped' })).body.comps).toHaveLength(1);
    expect(outcomesOf(await add(workspace, ...rows))).toEqual(['duplicate', 'duplicate']);
  });
});

describe('listComps', () => {
  it('pages through all, each once, and filters by query', async () => {
    const workspace = newWorkspace();
    const others = Array.from({ length: 7 }, (_, at) =>
      sale(1000 + at, { title: `1989 Donruss Ken Griffey Jr #33 copy ${at}` }),
    );
    await add(workspace, ...others, sale(6000), sale(6100, { title: `${QUERY} PSA 10` }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await list(workspace, { limit: '2', ...(cursor && { cursor }) });
      seen.push(...body.comps.map(({ compId }: { readonly compId: string }) => compId));
      cursor = body.nextCursor;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([9, 9]);
    const relevant = await list(workspace, { query: QUERY });
    expect(relevant.body.comps).toMatchObject([{ comp: { priceCents: 6000 } }]);
    const foreign = await list(newWorkspace(), { cursor: 'abcd' });
    expect(foreign.body.code).toBe('invalid_cursor');
  });
});

describe('valueThing', () => {
  it('values by stored comps alone, and names the policies that it rests on', async () => {
    const workspace = newWorkspace();
    await add(workspace, ...[50, 55, 60, 65, 70].map((dollars) => sale(dollars * 100)));
    await add(
      workspace,
      sale(9900, { title: '1986 Fleer Michael Jordan #57' }),
      sale(6500, { title: `${QUERY} PSA 9` }),
    );
    const { body } = await valueIn(workspace);
    expect(body).toMatchObject({
      status: 'valued',
      value: { quickCents: 5500, marketCents: 6000, patientCents: 6500 },
      unrelatedComps: 1,
      isComplete: true,
      dropped: [{ reason: 'irrelevant', why: 'graded PSA 9; the query names no grade' }],
      policies: [{ name: 'comp-relevance' }, { name: 'fair-market-value' }, { name: 'market-state' }],
    });
    const forged = await valueIn(workspace, { comps: [sale(1)] });
    expect([forged.status, forged.body.code]).toEqual([400, 'invalid_request']);
  });

  it('lists many comps on pages, and refuses the next page once a comp was added', async () => {
    const workspace = newWorkspace();
    await add(workspace, ...Array.from({ length: 130 }, (_, at) => sale(6000 + at, { sourceId: `A-${at}` })));
    const first = await valueIn(workspace);
    expect(first.body).toMatchObject({ keptCount: 130, droppedCount: 0 });
    const cursor = first.body.nextCursor;
    expect(first.body.kept).toHaveLength(100);
    const second = await valueIn(workspace, { cursor });
    expect([second.body.kept.length, second.body.nextCursor]).toEqual([30, undefined]);
    const ids = [first, second].flatMap(({ body }) => body.kept.map(({ compId }: { compId: string }) => compId));
    expect(new Set(ids).size).toBe(130);
    await add(workspace, sale(7000));
    const late = await valueIn(workspace, { cursor });
    expect([late.status, late.body.code]).toEqual([400, 'invalid_cursor']);
  });

  it('keeps the comps of workspaces and kinds apart', async () => {
    const [one, other] = [newWorkspace(), newWorkspace()];
    const { body } = await add(one, ...[50, 55, 60].map((dollars) => sale(dollars * 100)));
    expect((await valueIn(other)).body).toMatchObject({
      status: 'too_few_sales',
      kept: [],
      dropped: [],
      unrelatedComps: 0,
    });
    expect((await valueIn(one, { kind: 'product' })).body.kept).toEqual([]);
    expect((await list(other)).body.comps).toEqual([]);
    const stolen = { params: { compId: body.comps[0].compId }, body: { decision: 'drop' } };
    expect((await ask('decideOnComp', other, stolen)).status).toBe(404);
    expect((await list(one, { state: 'counted' })).body.comps).toHaveLength(3);
  });

  it('finds a misspelled title, though it reads in full only titles that share a name', async () => {
    const workspace = newWorkspace();
    const titles = ['1989 Upper Deck Ken Griffy Jr #1', 'Ken Griffey 1989 UD #1', '1989 UD Griffey Ken Jr rookie 1'];
    await add(workspace, ...titles.map((title, at) => sale(6000 + at, { title })));
    expect((await valueIn(workspace)).body.kept).toHaveLength(3);
  });
});
