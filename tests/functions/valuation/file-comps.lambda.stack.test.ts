import { afterAll, describe, expect, it } from 'vitest';
import { WorkspaceId } from '../../../functions/platform/ids.ts';
import type { Comp } from '../../../functions/valuation/comp.ts';
import { context } from '../platform/lambda-events.ts';
import { type Body, newWorkspace, outcomesOf, QUERY, sale, startValuations } from './valuations-client.ts';

const { close, ask, add, list, valueIn } = await startValuations();
afterAll(close);
const { handler } = await import('../../../functions/valuation/file-comps.lambda.ts');
const { requestWork, openWork } = await import('../../../functions/valuation/comp-work-store.ts');
const { allRows } = await import('../../../functions/valuation/comps-table-store.ts');
const { openBook, replaceBook } = await import('../../../functions/valuation/comp-book-store.ts');

const KIND = 'collectible';
const idOf = (workspace: string) => WorkspaceId.parse(workspace);
const rowsOf = async (workspace: string) => (await allRows(idOf(workspace), KIND, { limit: 10_000 })).comps;

async function file(workspace: string): Promise<void> {
  await requestWork({ workspaceId: idOf(workspace), kind: KIND });
  await handler({}, context);
}

/** Everything that the API says of a workspace's comps. */
async function everything(workspace: string): Promise<Body> {
  const comps: Body[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await list(workspace, { limit: '7', ...(cursor && { cursor }) });
    comps.push(...body.comps);
    cursor = body.nextCursor;
  } while (cursor);
  const relevant = (await list(workspace, { query: QUERY })).body;
  const dropped = (await list(workspace, { state: 'dropped' })).body;
  return { comps, relevant, dropped, valuation: (await valueIn(workspace)).body };
}

/** Sales, one of them dropped, one in quarantine, an asking price, and things that the query does not name. */
async function stocked(): Promise<string> {
  const workspace = newWorkspace();
  const sales = Array.from({ length: 30 }, (_, at) => sale(6000 + at, { sourceId: `A-${at}`, seller: `s${at}` }));
  const { body } = await add(
    workspace,
    ...sales,
    sale(600_000, { sourceId: 'far' }),
    sale(7000, { status: 'asking', sourceId: 'L-1' }),
    sale(100, { title: '1986 Fleer Michael Jordan #57', sourceId: 'J' }),
    sale(6500, { title: 'Griffy Ken Jr 1989 UD rookie #1', sourceId: 'misspelled' }),
  );
  await ask('decideOnComp', workspace, { params: { compId: body.comps[3].compId }, body: { decision: 'drop' } });
  return workspace;
}

describe('file-comps', () => {
  it('moves comps into a book of which nobody notices', async () => {
    const workspace = await stocked();
    const before = await everything(workspace);
    expect(before.comps).toHaveLength(34);
    await file(workspace);
    expect(await rowsOf(workspace)).toEqual([]);
    expect(await everything(workspace)).toEqual(before);
    expect(await openWork()).toEqual([]);
  });

  it('has the same answers while comps are in the table, in the book, and in both', async () => {
    const workspace = await stocked();
    await file(workspace);
    const more: Comp[] = [sale(6100, { sourceId: 'new' }), sale(9000, { sourceId: 'J', title: '1986 Fleer Jordan' })];
    expect(outcomesOf(await add(workspace, ...more))).toEqual(['stored', 'renewed']);
    const before = await everything(workspace);
    expect(before.comps).toHaveLength(35);
    // Killed after the book was replaced, and before a comp left the table.
    const rows = await rowsOf(workspace);
    expect(rows).toHaveLength(2);
    await replaceBook(
      idOf(workspace),
      KIND,
      { before: await openBook(idOf(workspace), KIND), comps: rows },
      new Date(),
    );
    expect(await everything(workspace)).toEqual(before);
    await file(workspace);
    expect(await rowsOf(workspace)).toEqual([]);
    expect(await everything(workspace)).toEqual(before);
  });

  it('leaves duplicates, renewals, relistings, outliers and decisions as they are in the table', async () => {
    const workspace = await stocked();
    await file(workspace);
    const answers = await add(
      workspace,
      sale(6000, { sourceId: 'A-0', seller: 's0' }),
      sale(6050, { sourceId: 'A-1', seller: 's1' }),
      sale(6002, { sourceId: 'again', seller: 's2' }),
      sale(1, { sourceId: 'cheap' }),
    );
    expect(outcomesOf(answers)).toEqual(['duplicate', 'renewed', 'quarantined', 'quarantined']);
    const renewed = (await everything(workspace)).comps.find(({ comp }: Body) => comp.sourceId === 'A-1');
    expect(renewed).toMatchObject({ comp: { priceCents: 6050 }, renewal: { count: 1, before: { priceCents: 6001 } } });
    const [far] = (await list(workspace, { state: 'quarantined' })).body.comps.filter(
      ({ comp }: Body) => comp.sourceId === 'far',
    );
    const decide = (decision: string) =>
      ask('decideOnComp', workspace, { params: { compId: far.compId }, body: { decision } });
    expect((await decide('admit')).body).toMatchObject({ state: 'counted', quarantine: { reason: 'outlier' } });
    await file(workspace);
    expect((await decide('drop')).body).toMatchObject({ state: 'dropped' });
    await file(workspace);
    expect((await list(workspace, { state: 'dropped' })).body.comps).toHaveLength(2);
  });

  it('loses no comp that is written while it runs, and no decision', async () => {
    const workspace = await stocked();
    await requestWork({ workspaceId: idOf(workspace), kind: KIND });
    const [first] = (await list(workspace)).body.comps;
    const [, ...answers] = await Promise.all([
      handler({}, context),
      ...Array.from({ length: 20 }, (_, at) => add(workspace, sale(6200 + at, { sourceId: `C-${at}` }))),
      ask('decideOnComp', workspace, { params: { compId: first.compId }, body: { decision: 'drop' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(201), 200]);
    await file(workspace);
    const { comps } = await everything(workspace);
    expect(comps).toHaveLength(54);
    expect(comps.find(({ compId }: Body) => compId === first.compId)).toMatchObject({ state: 'dropped' });
  });

  it('is done by one of two runs at the same time, and again once the lease of a dead one is over', async () => {
    const workspace = await stocked();
    await requestWork({ workspaceId: idOf(workspace), kind: KIND });
    await Promise.all([handler({}, context), handler({}, context)]);
    expect([await rowsOf(workspace), await openWork()]).toEqual([[], []]);
    await add(workspace, sale(6300, { sourceId: 'later' }));
    const died = {
      workspaceId: idOf(workspace),
      kind: KIND,
      leasedUntil: new Date(Date.now() - 1).toISOString(),
    } as const;
    await requestWork(died);
    await handler({}, context);
    expect(await rowsOf(workspace)).toEqual([]);
  });

  it('keeps the books of workspaces and kinds apart, whatever they are called', async () => {
    const names = ['x', 'x-collectible', '--', '0'];
    for (const [at, workspace] of names.entries()) {
      await add(workspace, sale(6000 + at, { sourceId: 'A' }), sale(6100 + at, { sourceId: 'B' }));
      await file(workspace);
    }
    for (const [at, workspace] of names.entries()) {
      const { kept } = (await valueIn(workspace)).body;
      expect(kept.map(({ comp }: Body) => comp.priceCents).sort()).toEqual([6000 + at, 6100 + at]);
      expect((await valueIn(workspace, { kind: 'product' })).body.kept).toEqual([]);
    }
  });

  it('takes no text of a user for a statement', async () => {
    const workspace = newWorkspace();
    const titles = [
      "Griffey'); DROP TABLE arriving; --",
      'Griffey $names $file',
      "Griffey \\' \" ; ' || '",
      'Griffey \u0000 [a-',
    ];
    const hostile = titles.map((title, at) => sale(6000 + at, { title, source: title.slice(0, 60), sourceId: title }));
    await add(workspace, ...hostile);
    await file(workspace);
    expect((await list(workspace)).body.comps.map(({ comp }: Body) => comp.title).sort()).toEqual(
      titles.map((title) => title.trim()).sort(),
    );
    for (const query of titles) {
      const answer = await valueIn(workspace, { query });
      expect([answer.status, answer.body.kept.length > 0]).toEqual([200, true]);
    }
  });
});
