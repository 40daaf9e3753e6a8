import { describe, expect, it } from 'vitest';
import type { NamedComp } from '../../../functions/valuation/comp.ts';
import { groupPrices } from '../../../functions/valuation/price-groups.ts';
import { VALUE_RULES } from '../../../functions/valuation/value-rules.ts';
import { comp, NOW, valued } from './comps.ts';

/** Numbers from 0 to 1 that are the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return (state + 0.5) / 4294967296;
  };
}

type Market = { readonly name: string; readonly priceOf: (random: () => number) => number };

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

/** Markets of which the distribution of prices is known, in cents. */
const MARKETS: readonly Market[] = [
  { name: 'normal, 10 %', priceOf: (random) => 10_000 * (1 + 0.1 * normal(random)) },
  { name: 'normal, 25 %', priceOf: (random) => 10_000 * Math.max(0.05, 1 + 0.25 * normal(random)) },
  { name: 'lognormal, 20 %', priceOf: (random) => 10_000 * Math.exp(0.2 * normal(random)) },
  { name: 'lognormal, 50 %', priceOf: (random) => 10_000 * Math.exp(0.5 * normal(random)) },
  { name: 'uniform', priceOf: (random) => 5000 + 10_000 * random() },
];

const priceIn = (market: Market, random: () => number): number => Math.max(1, Math.round(market.priceOf(random)));

/** A sale of the last four months, by auction or at a fixed price. */
function sale(market: Market, random: () => number): NamedComp {
  const date = new Date(NOW.getTime() - Math.floor(random() * 120) * 86_400_000).toISOString().slice(0, 10);
  const bids = Math.floor(random() * 25);
  return comp(priceIn(market, random), { date, ...(random() < 0.4 && { format: 'auction', bids }) });
}

/** Shares of held-out sales that are at or below quick, market and patient value, and within the interval. */
function coverageOf(market: Market, sales: number, trials: number) {
  const random = randomNumbers(1000 * MARKETS.indexOf(market) + sales);
  const hits = { quick: 0, market: 0, patient: 0, interval: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const { value } = valued(Array.from({ length: sales }, () => sale(market, random)));
    if (!value) throw new Error('Expected a value');
    const { values, interval } = value;
    for (let held = 0; held < HELD_OUT; held += 1) {
      const next = priceIn(market, random);
      if (next <= values.quick) hits.quick += 1;
      if (next <= values.market) hits.market += 1;
      if (next <= values.patient) hits.patient += 1;
      if (next >= interval.from && next <= interval.to) hits.interval += 1;
    }
  }
  const [quick = 0, middle = 0, patient = 0, interval = 0] = Object.values(hits).map(
    (count) => count / (trials * HELD_OUT),
  );
  return { quick, market: middle, patient, interval };
}

const TRIALS = 200;

/** Sales that no value has seen, for each trial. */
const HELD_OUT = 4;

describe('the value of generated sales', () => {
  it.each([5, 12, 25])('of %i sales covers what its quantiles and interval promise', (sales) => {
    const measured = MARKETS.map((market) => ({ prices: market.name, ...coverageOf(market, sales, TRIALS) }));
    console.table(measured);
    const mean = (name: 'quick' | 'market' | 'patient' | 'interval') =>
      measured.reduce((sum, each) => sum + each[name], 0) / measured.length;
    // Three standard errors of 5 x 200 values and four sales each are about 0.05 at most; few sales draw the quartiles together.
    const drawn = 1 / (sales + 3);
    expect(Math.abs(mean('market') - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(mean('quick') - 0.25)).toBeLessThan(0.05 + drawn);
    expect(Math.abs(mean('patient') - 0.75)).toBeLessThan(0.05 + drawn);
    expect(Math.abs(mean('interval') - 0.8)).toBeLessThan(0.05);
  });
});

describe('groupPrices', () => {
  it.each([4, 6, 10, 20, 60])('of %i sales of one thing seldom makes two', (sales) => {
    const random = randomNumbers(sales);
    const samples = MARKETS.flatMap((market) =>
      Array.from({ length: 300 }, () =>
        Array.from({ length: sales }, () => ({ price: market.priceOf(random), weight: 1 })),
      ),
    );
    const split = samples.filter((sample) => groupPrices(sample, VALUE_RULES).variants.length > 0);
    console.log(`${(100 * split.length) / samples.length} % of samples of ${sales} sales are split`);
    expect(split.length / samples.length).toBeLessThanOrEqual(0.02);
  });

  it.each([
    [2, 6, 0.4],
    [3, 6, 0.9],
    [2, 20, 0.85],
  ])('finds the variant of %i times the price among %i sales of each', (times, sales, leastShare) => {
    const random = randomNumbers(3);
    const salesAround = (price: number) =>
      Array.from({ length: sales }, () => ({ price: price * (1 + 0.08 * normal(random)), weight: 1 }));
    const samples = Array.from({ length: 300 }, () => [...salesAround(100), ...salesAround(100 * times)]);
    const found = samples.filter((sample) => groupPrices(sample, VALUE_RULES).variants.length === 1);
    console.log(
      `${times} x ${sales} sales: the variant is found in ${(100 * found.length) / samples.length} % of samples`,
    );
    expect(found.length / samples.length).toBeGreaterThanOrEqual(leastShare);
  });
});
