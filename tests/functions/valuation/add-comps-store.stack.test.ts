import { afterAll, describe, expect, it } from 'vitest';
import { dayBefore, newWorkspace, outcomesOf, QUERY, sale, startValuations } from './valuations-client.ts';

const { close, ask, add, list } = await startValuations();
afterAll(close);

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

  it('renews a sale whose title was edited at its source, under its id, and says what it was', async () => {
    const workspace = newWorkspace();
    const [edited, next] = ['Ken Griffey Jr 1989 UD rookie', 'Ken Griffey Jr 1989 UD RC'];
    const first = await add(workspace, sale(6000));
    const answers = [
      await add(workspace, sale(6000, { title: edited })),
      await add(workspace, sale(6000, { title: next })),
    ];
    expect(answers.flatMap(outcomesOf)).toEqual(['renewed', 'renewed']);
    const { comps } = (await list(workspace)).body;
    expect(comps).toMatchObject([
      { compId: first.body.comps[0].compId, comp: { title: next }, renewal: { count: 2, before: { title: edited } } },
    ]);
  });

  it('compares with sales by the title that they have now, of however many', async () => {
    const workspace = newWorkspace();
    const many = Array.from({ length: 150 }, (_, at) => sale(6000 + at, { sourceId: `A-${at}` }));
    await add(workspace, ...many);
    const { why } = (await add(workspace, sale(1, { sourceId: 'B' }))).body.comps[0];
    expect(why).toBe('1 cents; 150 sales of this title have a median of 6075.');
    await add(workspace, ...many.slice(0, 147).map((comp) => ({ ...comp, title: 'another thing' })));
    expect(outcomesOf(await add(workspace, sale(2, { sourceId: 'C' })))).toEqual(['stored']);
  });

  it('keeps what a person decided while the source edits, and the edit while a person decides', async () => {
    const workspace = newWorkspace();
    const { compId } = (await add(workspace, sale(6000))).body.comps[0];
    const edits = Array.from({ length: 6 }, (_, at) => add(workspace, sale(6000, { title: `${QUERY} edit ${at}` })));
    const decision = ask('decideOnComp', workspace, { params: { compId }, body: { decision: 'drop' } });
    const answers = await Promise.all(edits);
    await decision;
    const [comp] = (await list(workspace)).body.comps;
    const renewals = answers.flatMap(outcomesOf).filter((outcome) => outcome === 'renewed');
    expect([comp.state, comp.renewal.count]).toEqual(['dropped', renewals.length]);
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
