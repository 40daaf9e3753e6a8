import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../functions/platform/policy-choice.ts';
import type { NamedComp } from '../../../functions/valuation/comp.ts';
import { Valuation } from '../../../functions/valuation/valuation.ts';
import { VALUATION_POLICIES } from '../../../functions/valuation/valuation-policies.ts';
import { valueQuery } from '../../../functions/valuation/value-query.ts';
import { asksAt, comp, NOW, QUERY, salesAt } from './comps.ts';

const valuationOf = (comps: readonly NamedComp[], currency = 'USD'): Valuation =>
  Valuation.parse(
    valueQuery({ query: QUERY, kind: 'collectible', currency }, comps, defaultsOf(VALUATION_POLICIES), NOW),
  );

const idsOf = (comps: readonly { readonly compId: string }[]): string[] => comps.map(({ compId }) => compId).sort();

describe('valueQuery', () => {
  it('gives every comp one part, with its weight or its reason', () => {
    const comps = [
      ...salesAt(20, 20.5, 21, 21.5, 22, 40, 41, 42),
      ...asksAt(20, 21, 22, 60),
      comp(2100, { title: `${QUERY} PSA 10` }),
      comp(2100, { currency: 'EUR' }),
      comp(2100, { status: 'asking', date: '2026-09-01' }),
    ];
    const { kept, dropped, variants } = valuationOf(comps);
    expect(idsOf([...kept, ...dropped])).toEqual(idsOf(comps));
    expect(Map.groupBy(kept, ({ role }) => role)).toMatchObject(
      new Map([
        ['sale', Array(5).fill({ weight: 0.8 })],
        ['blended_ask', Array(3).fill({})],
        ['ask', [{ comp: { priceCents: 6000 } }]],
        ['other_variant', Array(3).fill({})],
      ]),
    );
    expect(dropped.map(({ reason, why }) => `${reason}: ${why}`)).toEqual([
      'other_currency: in EUR; nothing is converted to USD',
      'asking_too_old: asked 89 days ago; counted are 45 days',
      'irrelevant: graded PSA 10; the query names no grade',
    ]);
    expect(variants).toMatchObject([{ fromCents: 4000, toCents: 4200, medianCents: 4100 }]);
  });

  it('has weights that recompute from the numbers beside them', () => {
    const comps = [
      comp(2000, { date: '2026-08-31' }),
      comp(2100, { format: 'auction', bids: 12, title: '2011 Topps Update Mike Trout RC' }),
    ];
    for (const { weight, formatWeight, recencyRatio, relevanceRatio, differences } of valuationOf(comps).kept) {
      expect(weight).toBeCloseTo(formatWeight * recencyRatio * relevanceRatio, 12);
      expect(relevanceRatio).toBeCloseTo(
        differences.reduce((product, { factorRatio }) => product * factorRatio, 1),
        12,
      );
    }
    expect(valuationOf(comps).kept.map(({ recencyRatio }) => recencyRatio)).toEqual([1, 0.5]);
  });

  it('flags the list price of an accepted offer, unless its source says what was paid', () => {
    const comps = [
      comp(2000, { format: 'best_offer' }),
      comp(2100, { format: 'best_offer', priceIs: 'paid' }),
      comp(2200),
    ];
    expect(valuationOf(comps).kept.map(({ isListPrice }) => isListPrice)).toEqual([true, false, false]);
  });

  it('weighs a sale of unknown date as one half-life old', () => {
    const { date: _unknown, ...undated } = comp(2000);
    expect(valuationOf([undated, comp(2100)]).kept.map(({ recencyRatio }) => recencyRatio)).toEqual([1, 0.5]);
  });

  it('names the question by a hash that only kind, query and currency change', () => {
    const hashes = [valuationOf(salesAt(20, 21)), valuationOf([]), valuationOf(salesAt(20, 21), 'EUR')];
    const [one, same, other] = hashes.map(({ inputsHash }) => inputsHash);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('moves no amount by the names of sellers, only by who is one of them', () => {
    const sellers = fc.array(fc.constantFrom('Amy', 'Bo', 'Chidi', undefined), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        sellers,
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 3 }),
        (given, names) => {
          const comps = [...salesAt(20, 20.5, 21, 22, 23, 24), ...asksAt(20, 21, 22, 22.5, 23, 26)];
          const others = new Map([
            ['Amy', names[0]],
            ['Bo', names[1]],
            ['Chidi', names[2]],
          ]);
          const by = (name: (seller: string) => string | undefined): Valuation =>
            valuationOf(
              comps.map((each, at) => {
                const seller = given[at] === undefined ? undefined : name(given[at]);
                return { ...each, ...(seller !== undefined && { seller }) };
              }),
            );
          const [before, after] = [by((seller) => seller), by((seller) => others.get(seller))];
          expect([after.value, after.market, after.variants]).toEqual([before.value, before.market, before.variants]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has no value of one sale, nor of asking prices alone', () => {
    for (const comps of [[], salesAt(20), asksAt(20, 21, 22, 23)]) {
      const { status, value, market } = valuationOf(comps);
      expect([status, value, market]).toEqual(['too_few_sales', undefined, undefined]);
    }
  });

  it('does not know the market without asking prices', () => {
    const { market } = valuationOf(salesAt(20, 21, 22));
    expect(market).toMatchObject({ state: 'unknown', buyerZone: { fromCents: 2000 } });
    expect([market?.pressure, market?.liquidity, market?.sellerZone]).toEqual([undefined, undefined, undefined]);
  });

  it('has zones of buyers and sellers within the evidence', () => {
    const { market } = valuationOf([
      ...salesAt(20, 20.5, 21, 21.5, 22, 40, 41, 42),
      ...asksAt(21, 22, 23, 24, 25, 26, 60),
    ]);
    expect(market?.buyerZone).toMatchObject({ fromCents: 2000, toCents: 2100 });
    expect(market?.sellerZone).toMatchObject({ fromCents: 2100, toCents: 2500 });
    expect(market).toMatchObject({ pressure: { band: 'healthy' }, state: 'healthy' });
  });
});
