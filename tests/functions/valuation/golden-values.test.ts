import { describe, expect, it } from 'vitest';
import { formatWeightOf } from '../../../functions/valuation/comp-weight.ts';
import { liquidityOf, pressureOf } from '../../../functions/valuation/market-signals.ts';
import { asksAt, auction, comp, MARKET_RULES, NOW, RULES, salesAt, valued } from './comps.ts';

/** Quick, market and patient value in dollars. */
function dollarsOf(comps: Parameters<typeof valued>[0]) {
  const { value, sorted } = valued(comps);
  if (!value) throw new Error('Expected a value');
  const { quick, market, patient } = value.values;
  return { quick: quick / 100, market: market / 100, patient: patient / 100, value, sorted };
}

const EVEN = salesAt(30, 31, 32, 33, 34, 35);
const TWO_VARIANTS = salesAt(20, 20.5, 21, 21.5, 22, 40, 41, 42);
const AUCTIONS = [
  auction(100, 25),
  auction(105, 12),
  auction(98, 4),
  auction(110, 0),
  auction(102, 22),
  auction(500, 3),
];

describe('formatWeightOf', () => {
  it('weighs fixed prices, accepted offers, and auctions with 0, 3, 10 and 20 bids', () => {
    const comps = [
      comp(1000),
      comp(1000, { format: 'best_offer' }),
      ...[0, 3, 10, 20].map((bids) => auction(10, bids)),
    ];
    expect(comps.map((each) => formatWeightOf(each, RULES.value))).toEqual([0.8, 1.1, 1.5, 1.75, 2, 2.5]);
  });
});

describe('valueSales', () => {
  it('finds no structure in ten even prices (A)', () => {
    const { market, sorted, value } = dollarsOf(salesAt(10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
    expect(market).toBeCloseTo(14.5, 5);
    expect([sorted.variants, sorted.dropped, value.volume]).toEqual([[], [], 'low']);
  });

  it('excludes a price that no other supports, and says so, whatever its title (B)', () => {
    for (const title of [undefined, '2011 Topps Update Mike Trout #US175 RC look']) {
      const comps = AUCTIONS.map((each) => (each.priceCents === 50_000 && title ? { ...each, title } : each));
      const { quick, market, patient, sorted, value } = dollarsOf(comps);
      expect(sorted.dropped).toMatchObject([{ reason: 'outlier', price: 50_000 }]);
      expect(Math.abs(market - 102)).toBeLessThan(1);
      expect([quick >= 98, patient <= 110]).toEqual([true, true]);
      expect([value.volume, value.confidenceBand]).toEqual(['high', 'excellent']);
    }
  });

  it('reports a second variant, from which no value is taken (C)', () => {
    const { market, patient, sorted, value } = dollarsOf(TWO_VARIANTS);
    expect(sorted.variants.map((variant) => variant.map(({ price }) => price))).toEqual([[4000, 4100, 4200]]);
    expect(market).toBeCloseTo(21, 5);
    expect(market).toBeGreaterThanOrEqual(20.5);
    expect(patient).toBeLessThanOrEqual(22);
    expect(value.volume).toBe('low');
  });

  it('keeps sign and band of confidence, pressure and liquidity where asking prices are above two variants (D)', () => {
    const asks = asksAt(21, 22, 23, 24, 25, 26, 60);
    const { quick, market, value, sorted } = dollarsOf([...TWO_VARIANTS, ...asks]);
    expect([quick >= 20, market >= 20.5 && market <= 22.05, value.confidenceBand]).toEqual([true, true, 'good']);
    expect(pressureOf(asks, value.values.market, MARKET_RULES)).toMatchObject({ band: 'healthy', medianAsk: 2400 });
    const sales = [...sorted.sales, ...sorted.variants.flat()].map((each) => each.comp);
    expect(liquidityOf(sales, asks, MARKET_RULES, NOW)?.score).toBeCloseTo(83, 0);
  });

  it('takes quartiles of even sales (E)', () => {
    const { quick, market, patient } = dollarsOf(EVEN);
    expect([quick, market, patient]).toEqual([31.25, 32.5, 33.75].map((each) => expect.closeTo(each, 1)));
  });

  it('is not moved by asking prices that nobody pays (F)', () => {
    const asks = asksAt(120, 130, 140, 150, 160);
    const { market, patient, value } = dollarsOf([...EVEN, ...asks]);
    expect([market, patient]).toEqual([expect.closeTo(32.5, 1), expect.closeTo(33.75, 1)]);
    expect(pressureOf(asks, value.values.market, MARKET_RULES)?.band).toBe('unrealistic');
  });

  it('is as sure with irrelevant comps as without (G)', () => {
    const relevant = salesAt(30, 31, 32, 33);
    const irrelevant = [90, 95].map((dollars) =>
      comp(dollars * 100, { title: '2011 Topps Update Mike Trout PSA 10 #US175' }),
    );
    const { quick, market, patient, value } = dollarsOf([...relevant, ...irrelevant]);
    expect([quick, market, patient]).toEqual([30.47, 31.5, 32.53].map((each) => expect.closeTo(each, 0)));
    expect(value.confidenceRatio).toBeGreaterThanOrEqual(0.9);
    expect(value).toEqual(dollarsOf(relevant).value);
  });

  it('stays within what was paid where asking prices are just above (H)', () => {
    expect(dollarsOf([...EVEN, ...asksAt(40, 41, 42, 43, 44)]).market).toBeLessThanOrEqual(35);
  });
});
