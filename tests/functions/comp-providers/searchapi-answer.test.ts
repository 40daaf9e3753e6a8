import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderQuestion } from '../../../functions/comp-providers/provider.ts';
import { readSoldSearch, soldSearch } from '../../../functions/comp-providers/searchapi-answer.ts';
import { isListPrice } from '../../../functions/valuation/comp.ts';
import { providerComps } from '../../../functions/valuation/provider-comps.ts';
import { soldAnswer, soldRow } from './searchapi-server.ts';

const QUESTION: ProviderQuestion = { kind: 'collectible', words: 'ken griffey', currency: 'USD' };
const NOW = new Date('2026-11-29T09:00:00.000Z');

const read = (rows: readonly unknown[], question = QUESTION) => {
  const answer = readSoldSearch(soldAnswer(rows), question);
  return answer.status === 'answered' ? providerComps('searchapi', answer.rows, NOW) : answer;
};
const rejectionsOf = (...rows: readonly unknown[]) => read([soldRow(1, 5), ...rows]);

describe('soldSearch', () => {
  it("searches sold listings on the currency's own site", () => {
    expect(soldSearch({ ...QUESTION, currency: 'GBP' })).toMatchObject({
      engine: 'ebay_search',
      ebay_domain: 'ebay.co.uk',
      filters: 'sold_listings',
      q: 'ken griffey',
    });
  });
});

describe('readSoldSearch', () => {
  it('reads what the buyer paid in all, and neither day nor bids, which no row has', () => {
    expect(read([soldRow(7, 60.1)])).toEqual({
      comps: [
        {
          title: '1989 Upper Deck Ken Griffey Jr #1',
          status: 'sold',
          priceCents: 6509,
          currency: 'USD',
          format: 'fixed_price',
          source: 'searchapi.io',
          sourceId: '25600000007',
          seller: 'seller_7',
        },
      ],
      rejected: [],
    });
  });

  it.each([
    ['a best offer', { buying_format: 'or Best Offer', is_best_offer: true }, 'best_offer', true],
    ['an accepted offer', { buying_format: 'Best offer accepted' }, 'best_offer', true],
    ['an auction', { buying_format: '14 bids', is_buy_it_now: false, is_auction: true }, 'auction', false],
    ['a fixed price', {}, 'fixed_price', false],
    ['an unknown way', { buying_format: undefined, is_buy_it_now: undefined }, undefined, false],
  ])('tells how it was sold: %s', (_what, changes, format, isList) => {
    const { comps: [comp] = [] } = read([soldRow(1, 60, changes)]) as ReturnType<typeof providerComps>;
    expect([comp?.format, comp && isListPrice(comp), comp?.bids]).toEqual([format, isList, undefined]);
  });

  it('takes free delivery for nothing to pay, and a row without its cost for no price', () => {
    const free = soldRow(1, 60, { shipping: 'Free delivery', extracted_shipping: undefined });
    expect(read([free])).toMatchObject({ comps: [{ priceCents: 6000 }] });
    const unknown = [{ shipping: 'Shipping not specified' }, { shipping: undefined }].map((changes) =>
      soldRow(2, 60, { extracted_shipping: undefined, ...changes }),
    );
    expect(rejectionsOf(...unknown)).toMatchObject({ rejected: ['shipping', 'shipping'] });
  });

  it('rejects what is no price, each with its reason', () => {
    expect(
      rejectionsOf(
        soldRow(2, -60),
        soldRow(3, 0),
        soldRow(4, 60, { extracted_price: undefined, deal: '$60.00' }),
        soldRow(5, 60, { is_price_range: true, price: '$60.00 to $80.00' }),
        soldRow(6, 60, { price: 'EUR 60.00' }),
        soldRow(7, 60, { price: undefined }),
        soldRow(8, 60, { extracted_shipping: -60 }),
        soldRow(9, 60, { title: '\u0000 \u202e' }),
        soldRow(10, 1e12),
        soldRow(11, 60, { item_id: undefined }),
        'not a row',
        null,
      ),
    ).toMatchObject({
      comps: [{ sourceId: '25600000001' }],
      rejected: [
        'price',
        'price',
        'price',
        'price',
        'currency',
        'currency',
        'shipping',
        ...Array(5).fill('unreadable'),
      ],
    });
  });

  it('knows an answer without results', () => {
    expect(read([])).toEqual({ comps: [], rejected: [] });
  });

  it('takes nothing for sales that does not say that it is of sold listings', () => {
    const asks = { ...soldAnswer([soldRow(1, 60)], {}), search_metadata: { status: 'Success' } };
    expect(readSoldSearch(asks, QUESTION)).toEqual({ status: 'failed', failure: 'unreadable' });
    const byAddress = soldAnswer([soldRow(1, 60)], {});
    expect(readSoldSearch(byAddress, QUESTION)).toMatchObject({ status: 'answered' });
  });

  it('fails when no row is as documented, so that a changed format is noticed', () => {
    const renamed = [1, 2].map((position) => ({ position, name: 'x', cost: 5 }));
    expect(read(renamed)).toEqual({ status: 'failed', failure: 'unreadable' });
  });

  it('reads anything without failing: comps of whole cents, or a failure', () => {
    const row = fc.record(
      {
        item_id: fc.oneof(fc.string(), fc.integer()),
        title: fc.string({ unit: 'binary' }),
        price: fc.constantFrom('$5', '£5', ''),
        extracted_price: fc.double(),
        extracted_shipping: fc.double(),
        buying_format: fc.string(),
        seller: fc.record({ name: fc.string({ unit: 'binary', maxLength: 400 }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.array(fc.oneof(row, fc.jsonValue())).map((rows) => soldAnswer(rows)),
        ),
        (body) => {
          const answer = readSoldSearch(body, QUESTION);
          if (answer.status === 'failed') return;
          const { comps, rejected } = providerComps('searchapi', answer.rows, NOW);
          expect(comps.length + rejected.length).toBe(answer.rows.length);
          for (const { priceCents, title } of comps) {
            expect(Number.isInteger(priceCents) && priceCents > 0).toBe(true);
            expect(title).not.toMatch(/\p{C}/u);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
