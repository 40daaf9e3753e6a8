import { depreciationOf } from './depreciation.ts';
import { furthest, type Listings, MILES_BIN } from './listings.ts';
import type { MarketReport } from './market-report.ts';
import { histogramOf, momentsOf, quantileOf, spreadOf } from './prices.ts';

/** Listings of a group, at least: fewer say little of their market. Chosen by eye. */
const LEAST = { ofMake: 100, ofCurve: 30 } as const;
/** Makes that are shown. Chosen by eye. */
const MOST_MAKES = 10;
/** Lines of implausible prices that are named. Chosen by eye. */
const MOST_LINES = 20;

/**
 * The report of a table of vehicles.
 *
 * @param agedP50Cents the model's medians of `agedFacts` of the sample
 * @returns undefined when no listing was added
 */
export function buildReport(listings: Listings, agedP50Cents: readonly number[]): MarketReport | undefined {
  const { all, makes, ages, mileages, last, belowRows, implausibleLines } = listings;
  if (!last) return undefined;
  const { currency, kindOfPrice, model } = last;
  const atLeast = (rows: number) => (entry: readonly [unknown, { readonly cents: readonly number[] }]) =>
    entry[1].cents.length >= rows;
  return {
    kind: 'vehicle',
    currency,
    kindOfPrice,
    model,
    rows: all.cents.length,
    prices: { ...momentsOf(all.cents), ...spreadOf(all.cents) },
    histogram: histogramOf(all.cents),
    makes: [...makes]
      .filter(atLeast(LEAST.ofMake))
      .map(([make, { cents, toModel }]) => ({
        make,
        ...spreadOf(cents),
        toModelRatio: quantileOf(
          toModel.toSorted((a, b) => a - b),
          0.5,
        ),
      }))
      .toSorted((a, b) => b.rows - a.rows || (a.make < b.make ? -1 : 1))
      .slice(0, MOST_MAKES),
    ages: [...ages]
      .filter(atLeast(LEAST.ofCurve))
      .map(([years, { cents }]) => ({ years, ...spreadOf(cents) }))
      .toSorted((a, b) => a.years - b.years),
    mileages: [...mileages]
      .filter(atLeast(LEAST.ofCurve))
      .map(([fromMiles, { cents }]) => ({ fromMiles, toMiles: fromMiles + MILES_BIN, ...spreadOf(cents) }))
      .toSorted((a, b) => a.fromMiles - b.fromMiles),
    depreciation: depreciationOf(agedP50Cents),
    belowInterval: { rows: belowRows, shareRatio: belowRows / all.cents.length },
    implausible: {
      rows: implausibleLines.length,
      lines: implausibleLines.toSorted((a, b) => a - b).slice(0, MOST_LINES),
    },
    opportunities: furthest(listings.opportunities),
  };
}
