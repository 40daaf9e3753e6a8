import { afterAll, describe, expect, it } from 'vitest';
import { dayBefore, newWorkspace, outcomesOf, QUERY, sale, startValuations } from './valuations-client.ts';

const { close, ask, add, list, valueIn } = await startValuations();
afterAll(close);

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
      sale(6500, { title: `${QUERY} PSA 9`, sourceId: 'B-6500' }),
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
