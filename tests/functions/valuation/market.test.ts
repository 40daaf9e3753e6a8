import { describe, expect, it } from 'vitest';
import { absorptionOf, liquidityOf, pressureOf, priceTierOf } from '../../../functions/valuation/market-signals.ts';
import {
  MARKET_ADVICE,
  MARKET_STATES,
  type Market,
  marketStateOf,
  PERSONAS,
} from '../../../functions/valuation/market-state.ts';
import { asksAt, comp, MARKET_RULES, NOW, salesAt } from './comps.ts';

describe('priceTierOf', () => {
  it('begins each tier at its bound', () => {
    const dollars = [0, 99.99, 100, 499.99, 500, 2000, 9999.99, 10_000];
    expect(dollars.map((each) => priceTierOf(each * 100, MARKET_RULES))).toEqual([
      'low',
      'low',
      'medium',
      'medium',
      'high',
      'very_high',
      'very_high',
      'top',
    ]);
  });
});

describe('pressureOf', () => {
  it('names the band of the median ask', () => {
    const bands = [90, 100, 115, 116, 130, 131, 150, 151].map(
      (ask) => pressureOf(asksAt(ask), 10_000, MARKET_RULES)?.band,
    );
    expect(bands).toEqual([
      'below_value',
      'healthy',
      'healthy',
      'optimistic',
      'optimistic',
      'resistance',
      'resistance',
      'unrealistic',
    ]);
  });

  it('counts a seller once, however much he lists', () => {
    const many = Array.from({ length: 20 }, () => comp(50_000, { status: 'asking', seller: 'one' }));
    const others = ['a', 'b'].map((seller) => comp(11_000, { status: 'asking', seller }));
    expect(pressureOf([...many, ...others], 10_000, MARKET_RULES)?.medianAsk).toBe(11_000);
  });

  it('is unknown when nobody asks', () => {
    expect(pressureOf([], 10_000, MARKET_RULES)).toBeUndefined();
  });
});

describe('liquidityOf', () => {
  const scoreOf = (salesToday: number, asks: number) =>
    liquidityOf(salesAt(...Array(salesToday).fill(10)), asksAt(...Array(asks).fill(10)), MARKET_RULES, NOW)?.score;

  it('rises with sales for each ask', () => {
    expect([scoreOf(1, 100), scoreOf(1, 5), scoreOf(1, 2), scoreOf(1, 1), scoreOf(8, 7), scoreOf(9, 1)]).toEqual([
      10,
      25,
      50,
      80,
      expect.closeTo(82.86, 1),
      100,
    ]);
  });

  it('counts a sale half after a fortnight', () => {
    const aged = [comp(1000, { date: '2026-11-15' }), comp(1000, { date: '2026-11-15' })];
    expect(liquidityOf(aged, asksAt(10), MARKET_RULES, NOW)?.salesPerAsk).toBeCloseTo(1, 9);
  });

  it('leaves out sales of unknown date, and says how many', () => {
    const { date: _unknown, ...undated } = comp(1000);
    expect(liquidityOf([undated, ...salesAt(10)], asksAt(10), MARKET_RULES, NOW)).toEqual({
      score: 80,
      salesPerAsk: 1,
      undatedSales: 1,
    });
    expect(liquidityOf([undated], asksAt(10), MARKET_RULES, NOW)).toBeUndefined();
  });

  it('is unknown where the supply is', () => {
    expect(liquidityOf(salesAt(10), [], MARKET_RULES, NOW)).toBeUndefined();
    const auctions = [comp(1000, { status: 'asking', format: 'auction' })];
    expect(liquidityOf(salesAt(10), auctions, MARKET_RULES, NOW)).toBeUndefined();
  });
});

describe('absorptionOf', () => {
  it('divides sales by asks below, around and above the value', () => {
    expect(absorptionOf(salesAt(80, 90, 100, 110, 120, 130), asksAt(95, 120, 140), 10_000, MARKET_RULES)).toEqual({
      below: { sales: 1, asks: 0 },
      around: { sales: 3, asks: 1, salesPerAsk: 3 },
      above: { sales: 2, asks: 2, salesPerAsk: 1 },
    });
  });
});

describe('marketStateOf', () => {
  const none = { sales: 0, asks: 0 };
  const marketWith = (ratio: number | undefined, score: number | undefined, changes: Partial<Market> = {}): Market => ({
    confidenceRatio: 0.8,
    pressure: ratio === undefined ? undefined : { ratio, band: 'healthy', medianAsk: 1 },
    liquidity: score === undefined ? undefined : { score, salesPerAsk: 1, undatedSales: 0 },
    absorption: { below: none, above: none },
    ...changes,
  });
  const stateOf = (...parts: Parameters<typeof marketWith>) => marketStateOf(marketWith(...parts), MARKET_RULES);

  it.each([
    ['unclear_evidence', stateOf(0.25, 60, { confidenceRatio: 0.29 })],
    ['unclear_evidence', stateOf(-0.25, 60, { confidenceRatio: 0.29 })],
    [
      'two_markets',
      stateOf(0.5, 30, {
        absorption: { below: { sales: 3, asks: 2, salesPerAsk: 1.5 }, above: { sales: 1, asks: 5, salesPerAsk: 0.2 } },
      }),
    ],
    ['high_risk', stateOf(0.31, 49)],
    ['overpriced_but_active', stateOf(0.31, 50)],
    ['fair_but_slow', stateOf(0.15, 49)],
    ['strong_buy', stateOf(-0.01, 70)],
    ['healthy', stateOf(0, 70)],
    ['balanced', stateOf(0.2, 90)],
    ['balanced', stateOf(0.1, 60)],
    ['unknown', stateOf(undefined, 60)],
    ['unknown', stateOf(0.1, undefined)],
  ])('is %s', (expected, state) => {
    expect(state).toBe(expected);
  });

  it('has advice for every state and persona, each its own', () => {
    const texts = MARKET_STATES.flatMap((state) => PERSONAS.map((persona) => MARKET_ADVICE[state][persona]));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
