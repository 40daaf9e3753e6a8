import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAskSearch } from '../../../functions/comp-providers/ebay-answer.ts';
import type { ProviderQuestion } from '../../../functions/comp-providers/provider.ts';
import { providerComps } from '../../../functions/valuation/provider-comps.ts';
import { askAnswer, askRow } from './ebay-server.ts';

const QUESTION: ProviderQuestion = { kind: 'collectible', words: 'ken griffey', currency: 'USD' };
const NOW = new Date('2026-11-29T23:59:59.000Z');

const read = (rows: readonly unknown[]) => {
  const answer = readAskSearch(askAnswer(rows), QUESTION);
  return answer.status === 'answered' ? providerComps('ebay', answer.rows, NOW) : answer;
};

const shipping = (...costs: readonly (string | undefined)[]) => ({
  shippingOptions: costs.map((value) =>
    value === undefined
      ? { shippingCostType: 'CALCULATED' }
      : { shippingCostType: 'FIXED', shippingCost: { value, currency: 'USD' } },
  ),
});

describe('readAskSearch', () => {
  it('reads what is asked in all, of the UTC day on which it is seen', () => {
    expect(read([askRow(3, 80.25)])).toEqual({
      comps: [
        {
          title: '1989 Upper Deck Ken Griffey Jr #1',
          status: 'asking',
          priceCents: 8425,
          currency: 'USD',
          date: '2026-11-29',
          format: 'fixed_price',
          source: 'api.ebay.com',
          sourceId: 'v1|334691749563|0',
          seller: 'shop_3',
        },
      ],
      rejected: [],
    });
  });

  it.each([
    ['the cheapest whose cost is known', ['12.00', undefined, '3.50'], 8350],
    ['free', ['0.00'], 8000],
  ])('adds the shipping: %s', (_what, costs, priceCents) => {
    expect(read([askRow(1, 80, shipping(...costs))])).toMatchObject({ comps: [{ priceCents }] });
  });

  it('rejects what is no fixed price of one thing, each with its reason', () => {
    expect(
      read([
        askRow(1, 80),
        askRow(2, -80),
        askRow(3, 0),
        askRow(4, 80, { price: undefined }),
        askRow(5, 80, { itemGroupType: 'SELLER_DEFINED_VARIATIONS' }),
        askRow(6, 80, { buyingOptions: ['AUCTION'] }),
        askRow(7, 80, { price: { value: '80.00', currency: 'CAD' } }),
        askRow(8, 80, shipping(undefined)),
        askRow(9, 80, { shippingOptions: undefined }),
        askRow(10, 80, shipping('-5.00')),
        askRow(11, 80, { price: { value: '1.234,50', currency: 'USD' } }),
        askRow(12, 80, { title: undefined }),
        null,
      ]),
    ).toMatchObject({
      comps: [{ sourceId: 'v1|334691749561|0' }],
      rejected: [...Array(5).fill('price'), 'currency', ...Array(3).fill('shipping'), ...Array(3).fill('unreadable')],
    });
  });

  it('knows an answer without results, and one that hides them', () => {
    expect(read([])).toEqual({ comps: [], rejected: [] });
    expect(readAskSearch({ total: 7 }, QUESTION)).toEqual({ status: 'failed', failure: 'unreadable' });
    expect(read([{ id: 1 }, { id: 2 }])).toEqual({ status: 'failed', failure: 'unreadable' });
  });

  it('reads anything without failing: comps of whole cents, or a failure', () => {
    const row = fc.record(
      {
        itemId: fc.string(),
        title: fc.string({ unit: 'binary' }),
        price: fc.record({ value: fc.oneof(fc.string(), fc.double().map(String)), currency: fc.constant('USD') }),
        shippingOptions: fc.constant([{ shippingCost: { value: '1.005', currency: 'USD' } }]),
        buyingOptions: fc.constant(['FIXED_PRICE']),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(row, fc.jsonValue())).map(askAnswer));
    fc.assert(
      fc.property(body, (unknown) => {
        const answer = readAskSearch(unknown, QUESTION);
        if (answer.status === 'failed') return;
        const { comps, rejected } = providerComps('ebay', answer.rows, NOW);
        expect(comps.length + rejected.length).toBe(answer.rows.length);
        for (const { priceCents } of comps) expect(Number.isInteger(priceCents) && priceCents > 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
