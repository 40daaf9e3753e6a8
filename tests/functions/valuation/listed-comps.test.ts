import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../functions/platform/errors.ts';
import { defaultsOf } from '../../../functions/platform/policy-choice.ts';
import type { NamedComp } from '../../../functions/valuation/comp.ts';
import { LISTED_COMPS } from '../../../functions/valuation/listed-comps.ts';
import { Valuation } from '../../../functions/valuation/valuation.ts';
import { type ValuationPosition, valuationPage } from '../../../functions/valuation/valuation-page.ts';
import { VALUATION_POLICIES } from '../../../functions/valuation/valuation-policies.ts';
import { valueQuery } from '../../../functions/valuation/value-query.ts';
import { comp, NOW, QUERY, TODAY } from './comps.ts';

/** Lambda's limit of a reply (Lambda quotas). */
const REPLY_BYTES = 6 * 1024 * 1024;

const POLICIES = defaultsOf(VALUATION_POLICIES);
const QUESTION = { query: QUERY, kind: 'collectible', currency: 'USD' } as const;

const pageOf = (comps: readonly NamedComp[], position?: ValuationPosition) =>
  valuationPage(position, (from) => valueQuery(QUESTION, comps, POLICIES, NOW, from));

function everyPage(comps: readonly NamedComp[]) {
  const pages = [pageOf(comps)];
  for (let last = pages.at(-1); last?.nextPosition; last = pages.at(-1)) pages.push(pageOf(comps, last.nextPosition));
  return pages.map(({ valuation }) => valuation);
}

/** Sales of the thing in two variants, asking prices and graded ones, in turns. */
const market = (count: number): NamedComp[] =>
  Array.from({ length: count }, (_, at) => {
    if (at % 5 === 1) return comp(9000 + (at % 50), { format: 'auction', bids: at % 40 });
    if (at % 5 === 2) return comp(2500 + (at % 90), { status: 'asking', seller: `s${at}` });
    if (at % 5 === 3) return comp(7000, { title: `${QUERY} PSA ${1 + (at % 10)}` });
    return comp(2000 + (at % 300), { date: `2026-${at % 2 ? '10' : '11'}-${String(1 + (at % 28)).padStart(2, '0')}` });
  });

describe('valueQuery', () => {
  it('lists of thousands of comps the most weighty, tells their number, and has a bounded reply', () => {
    const comps = market(5000);
    const { kept, keptCount, dropped, droppedCount, variants } = Valuation.parse(
      valueQuery(QUESTION, comps, POLICIES, NOW),
    );
    expect([kept.length, dropped.length, keptCount + droppedCount]).toEqual([LISTED_COMPS, LISTED_COMPS, 5000]);
    expect(variants.map(({ sales, compIds }) => [sales, compIds.length])).toEqual([[2000, 100]]);
    const weights = kept.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((one, other) => other - one));
  });

  it('has a reply far below 6 MB whatever query and titles are', () => {
    const words = Array.from({ length: 75 }, (_, at) => `${String.fromCharCode(97 + (at % 26))}q${at}`);
    const query = words.join(' ').slice(0, 300).trim();
    const longest = { seller: '\u0001'.repeat(120), sourceId: '\u0001'.repeat(120), source: '\u0001'.repeat(60) };
    const titled = (title: string) => Array.from({ length: 500 }, (_, at) => comp(2000 + at, { title, ...longest }));
    const hostile = `${words[0]} ${'\u0001'.repeat(290)}`;
    const valuation = valueQuery({ ...QUESTION, query }, [...titled(query), ...titled(hostile)], POLICIES, NOW);
    expect([valuation.keptCount, valuation.droppedCount]).toEqual([500, 500]);
    const bytes = Buffer.byteLength(JSON.stringify(valuation));
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(REPLY_BYTES / 2);
  });
});

describe('valuationPage', () => {
  it('lists each comp once over all pages, with the same value on each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (count) => {
        const comps = market(count);
        const pages = everyPage(comps);
        const ids = pages.flatMap(({ kept, dropped }) => [...kept, ...dropped].map(({ compId }) => compId));
        expect(ids.toSorted()).toEqual(comps.map(({ compId }) => compId).toSorted());
        const [{ kept: _kept, dropped: _dropped, ...first }] = pages as [Valuation, ...Valuation[]];
        for (const page of pages) expect(page).toMatchObject(first);
      }),
      { numRuns: 8 },
    );
  });

  it('refuses the next page once a comp was added, renewed or dropped', () => {
    const comps = market(400);
    const { nextPosition } = pageOf(comps);
    const [one, ...others] = comps as [NamedComp, ...NamedComp[]];
    for (const changed of [
      [...comps, comp(2100)],
      others,
      [{ ...one, priceCents: one.priceCents + 1, date: TODAY }, ...others],
    ]) {
      expect(() => pageOf(changed, nextPosition)).toThrow(RequestError);
    }
  });
});
