import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedComp } from '../../../functions/valuation/comp.ts';
import type { CompsValue } from '../../../functions/valuation/value-comps.ts';
import { meanOf } from '../../../functions/valuation/weighted.ts';
import { comp, valued } from './comps.ts';

const DATES = ['2026-11-29', '2026-11-01', '2026-06-15', '2025-02-03'];

const oneSale = (prices: fc.Arbitrary<number>) =>
  fc
    .record({
      price: prices,
      date: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
      way: fc.constantFrom<Partial<NamedComp>>(
        {},
        { format: 'best_offer' },
        { format: 'auction', bids: 12 },
        { format: 'auction' },
      ),
    })
    .map(({ price, date, way }) => {
      const { date: _today, ...undated } = comp(price, way);
      return date === undefined ? undated : { ...undated, date };
    });

const PRICES = fc.oneof(
  fc.integer({ min: 100, max: 1_000_000 }),
  fc.integer({ min: 2000, max: 2500 }),
  fc.constant(5000),
);
const SALES = fc.array(oneSale(PRICES), { minLength: 2, maxLength: 25 });
const ASKS = fc.array(
  oneSale(PRICES).map((sale): NamedComp => ({ ...sale, status: 'asking', date: '2026-11-20' })),
  { maxLength: 12 },
);

function valueOfAll(comps: readonly NamedComp[]): CompsValue {
  const { value } = valued(comps);
  if (!value) throw new Error('Expected a value');
  return value;
}

const pricesOf = (comps: readonly NamedComp[]): number[] => valued(comps).sorted.sales.map(({ price }) => price);

const changed = (comps: readonly NamedComp[], change: (cents: number) => number): NamedComp[] =>
  comps.map((each) => ({ ...each, priceCents: change(each.priceCents) }));

/** Quick, market, patient, and the interval, which ends at zero. */
const amountsOf = ({ values, interval }: CompsValue): number[] => [
  values.quick,
  values.market,
  values.patient,
  interval.from,
  interval.to,
];

const near = (numbers: readonly number[]) => numbers.map((each) => expect.closeTo(each, 2));

describe('a value by comps', () => {
  it('keeps min sale <= quick <= market <= patient, market <= max sale, and the interval around them', () => {
    fc.assert(
      fc.property(SALES, ASKS, (sales, asks) => {
        const { values, interval } = valueOfAll([...sales, ...asks]);
        const { quick, market, patient } = values;
        const kept = pricesOf([...sales, ...asks]);
        const slack = 1e-6 * Math.max(...kept);
        const order = [Math.min(...kept), quick, market, patient];
        expect(order.every((each, at) => at === 0 || each >= (order[at - 1] ?? 0) - slack)).toBe(true);
        expect(market).toBeLessThanOrEqual(Math.max(...kept) + slack);
        expect(interval.from <= quick && interval.to >= patient).toBe(true);
        expect([...order, ...Object.values(interval)].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is not changed by irrelevant comps, sold or asking', () => {
    const irrelevant = fc.array(
      oneSale(PRICES).chain((sale) =>
        fc.constantFrom('sold' as const, 'asking' as const).map((status) => ({
          ...sale,
          status,
          title: '2011 Topps Update Mike Trout #US175 reprint',
        })),
      ),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(SALES, ASKS, irrelevant, (sales, asks, others) => {
        expect(valueOfAll([...others, ...sales, ...asks])).toEqual(valueOfAll([...sales, ...asks]));
      }),
    );
  });

  it('is k times as large for k times the prices', () => {
    fc.assert(
      fc.property(SALES, ASKS, fc.integer({ min: 2, max: 50 }), (sales, asks, factor) => {
        const comps = [...sales, ...asks];
        const scaled = valueOfAll(changed(comps, (cents) => cents * factor));
        const value = valueOfAll(comps);
        expect(amountsOf(scaled).map((each) => each / factor)).toEqual(near(amountsOf(value)));
        expect(scaled.confidenceRatio).toBeCloseTo(value.confidenceRatio, 9);
      }),
    );
  });

  it('is c higher for prices that are c higher, its interval where it does not end at zero', () => {
    fc.assert(
      fc.property(SALES, ASKS, fc.integer({ min: 1, max: 500_000 }), (sales, asks, shift) => {
        const comps = [...sales, ...asks];
        const value = valueOfAll(comps);
        const moved = amountsOf(valueOfAll(changed(comps, (cents) => cents + shift))).map((each) => each - shift);
        const [from, ...others] = amountsOf(value);
        expect([moved[0], ...moved.slice(1, 3), moved[4]]).toEqual(
          near([from ?? 0, ...others.slice(0, 2), others[3] ?? 0]),
        );
        if (value.interval.from > 0) expect(moved[3]).toBeCloseTo(value.interval.from, 2);
      }),
    );
  });

  it('does not depend on the order of the comps', () => {
    const shuffled = SALES.chain((sales) =>
      fc.tuple(fc.constant(sales), fc.shuffledSubarray(sales, { minLength: sales.length })),
    );
    fc.assert(
      fc.property(shuffled, ASKS, ([sales, other], asks) => {
        expect(valueOfAll([...asks, ...other])).toEqual(valueOfAll([...sales, ...asks]));
      }),
    );
  });

  it('is never less sure with the same evidence twice, nor its interval wider than the value moves', () => {
    fc.assert(
      fc.property(SALES, (sales) => {
        const before = valueOfAll(sales);
        const twice = [...sales, ...sales.map((each) => ({ ...each, compId: `${each.compId}-again` }))];
        const parts = partsOf(sales).map((part) => part.flatMap((compId) => [compId, `${compId}-again`]));
        fc.pre(isDeepStrictEqual(sortedParts(partsOf(twice)), sortedParts(parts)));
        const after = valueOfAll(twice);
        const moved = Math.abs(after.values.market - before.values.market);
        const slack = 4 * moved + 1e-6 * before.interval.to;
        expect(after.confidenceRatio).toBeGreaterThanOrEqual(before.confidenceRatio - 1e-9);
        expect(widthOf(after)).toBeLessThanOrEqual(widthOf(before) + slack);
      }),
      { numRuns: 300 },
    );
  });

  it('has no wider interval with one more sale at the value than the value moves', () => {
    fc.assert(
      fc.property(SALES, (sales) => {
        const before = valueOfAll(sales);
        const added = comp(Math.round(before.values.market));
        const more = [...sales, added];
        fc.pre(isOneMore(partsOf(more), partsOf(sales), added));
        const after = valueOfAll(more);
        const moved = Math.abs(after.values.market - before.values.market);
        expect(widthOf(after)).toBeLessThanOrEqual(widthOf(before) + 4 * moved + 2);
      }),
      { numRuns: 300 },
    );
  });

  it('is no less sure with one more sale at the mean of the sales, each of which keeps its part', () => {
    const even = SALES.map((sales) => changed(sales, (cents) => cents * 1000));
    fc.assert(
      fc.property(even, (sales) => {
        const { sorted } = valued(sales);
        const mean = meanOf([...sorted.sales, ...sorted.variants.flat()]);
        const added = comp(Math.round(mean));
        const more = [...sales, added];
        fc.pre(isOneMore(partsOf(more), partsOf(sales), added));
        expect(valueOfAll(more).confidenceRatio).toBeGreaterThanOrEqual(valueOfAll(sales).confidenceRatio - 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('can be less sure with a sale between two variants, which is an outlier itself and lets a former one count', () => {
    const undated = (cents: number, changes: Partial<NamedComp> = {}): NamedComp => {
      const { date: _today, ...rest } = comp(cents, changes);
      return rest;
    };
    const doubted = undated(10_301_000);
    const sales = [
      ...[2_000_000, 5_000_000, 5_000_000].map((cents) => undated(cents)),
      doubted,
      comp(2_350_000),
      comp(83_418_000, { date: '2025-02-03' }),
      undated(96_255_000, { format: 'best_offer' }),
    ];
    const added = comp(23_493_527);
    expect(partsOf(sales)[1]).toEqual([doubted.compId]);
    expect(partsOf([...sales, added])[1]).toEqual([added.compId]);
    expect(valueOfAll([...sales, added]).confidenceRatio).toBeLessThan(valueOfAll(sales).confidenceRatio);
  });
});

type Parts = readonly (readonly string[])[];

/**
 * Ids of the sales that the value rests on, of those dropped, and of each variant. The laws of more evidence are of comps that
 * keep their parts: one sale more may also show that what seemed an outlier is none, and then other sales are the evidence.
 */
function partsOf(comps: readonly NamedComp[]): Parts {
  const { sales, variants, dropped } = valued(comps).sorted;
  return [sales, dropped, ...variants].map((part) => part.map(({ comp: { compId } }) => compId).toSorted());
}

const sortedParts = (parts: Parts): Parts => parts.map((part) => part.toSorted());

const isOneMore = ([sales = [], ...others]: Parts, [before = [], ...othersBefore]: Parts, { compId }: NamedComp) =>
  isDeepStrictEqual([sales, ...others], [[...before, compId].toSorted(), ...othersBefore]);

const widthOf = ({ interval }: CompsValue): number => interval.to - interval.from;
