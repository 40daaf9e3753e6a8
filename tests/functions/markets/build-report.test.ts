import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../functions/markets/build-report.ts';
import { addListing, type Listing, noListings } from '../../../functions/markets/listings.ts';
import { MarketReport } from '../../../functions/markets/market-report.ts';
import { estimateOf, listing } from './listing.ts';

const AS_OF = 2019;

function reportOf(listings: readonly Listing[]): MarketReport {
  const collected = noListings();
  for (const each of listings) addListing(collected, each, AS_OF);
  return MarketReport.parse(buildReport(collected, []));
}

const anyListing = fc
  .record({
    priceCents: fc.integer({ min: 1_000, max: 10_000_000 }),
    p50Cents: fc.integer({ min: 10_000, max: 5_000_000 }),
    modelYear: fc.option(fc.integer({ min: 1990, max: 2020 }), { nil: undefined }),
    odometerMiles: fc.option(fc.integer({ min: 1, max: 300_000 }), { nil: undefined }),
    model: fc.constantFrom('ford f-150', 'toyota camry', 'bmw x5'),
  })
  .map(({ priceCents, p50Cents, ...facts }) => listing(1, priceCents, facts, p50Cents));
const anyListings = fc
  .array(anyListing, { minLength: 1, maxLength: 250 })
  .map((listings) => listings.map((each, at) => ({ ...each, line: at + 2 })));

describe('buildReport', () => {
  it('says nothing of no listings', () => {
    expect(buildReport(noListings(), [])).toBeUndefined();
  });

  it('counts every listing once in the histogram', () => {
    fc.assert(
      fc.property(anyListings, (listings) => {
        const { rows, histogram } = reportOf(listings);
        expect([rows, histogram.reduce((sum, bin) => sum + bin.rows, 0)]).toEqual([listings.length, listings.length]);
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyListings, (listings) => {
        expect(reportOf(listings.toReversed())).toEqual(reportOf(listings));
      }),
    );
  });

  it('shows as opportunities what is priced below its own interval, and nothing else', () => {
    fc.assert(
      fc.property(anyListings, (listings) => {
        const { opportunities, implausible, belowInterval } = reportOf(listings);
        const below = listings.filter(({ priceCents, estimate }) => priceCents < estimate.p10Cents);
        const deep = below.filter(({ priceCents, estimate }) => priceCents < 0.25 * estimate.p10Cents);
        expect([belowInterval.rows, implausible.rows]).toEqual([below.length - deep.length, deep.length]);
        const shown = opportunities.map(({ line }) => line);
        expect(below.map(({ line }) => line)).toEqual(expect.arrayContaining(shown));
        expect(shown).toHaveLength(Math.min(100, below.length - deep.length));
        const ratios = opportunities.map(({ belowRatio }) => belowRatio);
        expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
      }),
    );
  });

  it('finds the hundred that are furthest below among any number', () => {
    const listings = Array.from({ length: 1000 }, (_, at) => listing(at + 2, 790_000 - 500 * ((at * 7919) % 1000)));
    const expected = listings.toSorted((a, b) => a.priceCents - b.priceCents).slice(0, 100);
    expect(reportOf(listings).opportunities.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  });

  it.each(['unknown_category', 'out_of_range'] as const)('calls nothing an opportunity that is flagged %s', (code) => {
    const flags = [{ code, fact: 'model', message: 'words', widens: true }];
    const report = reportOf([{ ...listing(2, 500_000), estimate: estimateOf(1_000_000, flags) }]);
    expect([report.opportunities, report.belowInterval.rows]).toEqual([[], 1]);
  });

  it('shows makes with a hundred listings, and ages and mileages with thirty', () => {
    const fords = Array.from({ length: 100 }, (_, at) => listing(at + 2, 1_000_000 + at));
    const bmws = Array.from({ length: 29 }, (_, at) =>
      listing(at + 200, 1_000_000, { model: 'bmw x5', modelYear: 2010, odometerMiles: 120_000 }),
    );
    const { makes, ages, mileages } = reportOf([...fords, ...bmws]);
    expect(makes.map(({ make, rows }) => [make, rows])).toEqual([['ford', 100]]);
    expect(ages.map(({ years, rows }) => [years, rows])).toEqual([[4, 100]]);
    expect(mileages.map(({ fromMiles, toMiles, rows }) => [fromMiles, toMiles, rows])).toEqual([[40_000, 60_000, 100]]);
  });

  it('says how prices of a make lie to the model', () => {
    const listings = Array.from({ length: 100 }, (_, at) => listing(at + 2, 1_100_000));
    expect(reportOf(listings).makes[0]?.toModelRatio).toBeCloseTo(1.1);
  });
});
