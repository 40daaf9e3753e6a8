import type { PriceFacts } from '../price-models/price-facts.ts';
import type { PricePrediction } from '../price-models/price-prediction.ts';
import type { Opportunity } from './market-report.ts';

/** A listing, and what a model expects of it. */
export type Listing = {
  /** of the file, where the row ends */
  readonly line: number;
  readonly facts: PriceFacts;
  readonly priceCents: number;
  readonly estimate: PricePrediction;
};

/** Prices of a group, and each over what the model expects. */
type Group = { readonly cents: number[]; readonly toModel: number[] };

/** What is kept of the listings of a table: numbers, and the few listings that are shown. */
export type Listings = {
  readonly all: Group;
  readonly makes: Map<string, Group>;
  readonly ages: Map<number, Group>;
  /** by the lower bound of a bin of MILES_BIN */
  readonly mileages: Map<number, Group>;
  /** furthest below first */
  opportunities: Opportunity[];
  belowRows: number;
  readonly implausibleLines: number[];
  /** every so many-th vehicle whose year is known */
  sample: PriceFacts[];
  sampleEvery: number;
  datedRows: number;
  last: PricePrediction | undefined;
};

export const noListings = (): Listings => ({
  all: { cents: [], toModel: [] },
  makes: new Map(),
  ages: new Map(),
  mileages: new Map(),
  opportunities: [],
  belowRows: 0,
  implausibleLines: [],
  sample: [],
  sampleEvery: 1,
  datedRows: 0,
  last: undefined,
});

/** Width of the bins of odometer readings. Chosen by eye. */
export const MILES_BIN = 20_000;
/** Opportunities that are shown. Chosen by eye: a day's work to look at. */
const MOST_SHOWN = 100;
/** A price below this share of P10 is hardly the price: a deposit, a monthly rate, a slip. Chosen by eye. */
const IMPLAUSIBLE_RATIO = 0.25;
/** Vehicles by which the effect of age is measured. Chosen by eye: the mean of 500 is stable to a percent. */
const SAMPLE = 500;

/** Adds a listing of a vehicle. */
export function addListing(listings: Listings, listing: Listing, asOfYear: number): void {
  const { facts, priceCents, estimate } = listing;
  const group = { cents: priceCents, toModel: priceCents / estimate.p50Cents };
  addTo(listings.all, group);
  addTo(groupIn(listings.makes, makeOf(facts)), group);
  const { modelYear, odometerMiles } = facts;
  // Dealers sell the model year after next: it is as good as new.
  if (typeof modelYear === 'number') addTo(groupIn(listings.ages, Math.max(0, asOfYear - modelYear)), group);
  if (typeof odometerMiles === 'number') {
    addTo(groupIn(listings.mileages, MILES_BIN * Math.floor(odometerMiles / MILES_BIN)), group);
  }
  judge(listings, listing);
  if (typeof modelYear === 'number') keepInSample(listings, facts);
  listings.last = estimate;
}

/** Keeps SAMPLE to twice as many vehicles, evenly spaced over the table: when they are twice as many, every other one is dropped. */
function keepInSample(listings: Listings, facts: PriceFacts): void {
  if (listings.datedRows % listings.sampleEvery === 0) listings.sample.push(facts);
  listings.datedRows += 1;
  if (listings.sample.length < 2 * SAMPLE) return;
  listings.sample = listings.sample.filter((_, at) => at % 2 === 0);
  listings.sampleEvery *= 2;
}

/** The make, or the first word of the model, which begins with it. */
export const makeOf = ({ make, model }: PriceFacts): string =>
  String(make ?? String(model).split(' ')[0]).toLowerCase();

function judge(listings: Listings, { line, facts, priceCents, estimate }: Listing): void {
  const { valueCents, p10Cents, p50Cents, p90Cents, flags } = estimate;
  if (priceCents >= p10Cents) return;
  if (priceCents < IMPLAUSIBLE_RATIO * p10Cents) {
    listings.implausibleLines.push(line);
    return;
  }
  listings.belowRows += 1;
  // Of what it has not learnt, a model's interval is no ground to buy.
  if (flags.some(({ code }) => code === 'unknown_category' || code === 'out_of_range')) return;
  const belowRatio = 1 - priceCents / p10Cents;
  const what = [facts.modelYear, facts.make, facts.model].filter((part) => part !== undefined).join(' ');
  const potentialCents = p50Cents - priceCents;
  listings.opportunities.push({
    ...{ line, what, priceCents, valueCents, p10Cents, p50Cents, p90Cents, belowRatio, potentialCents },
    flags: [...flags],
  });
  if (listings.opportunities.length > 2 * MOST_SHOWN) listings.opportunities = furthest(listings.opportunities);
}

/** Those that are shown, furthest below first. */
export const furthest = (opportunities: readonly Opportunity[]): Opportunity[] =>
  opportunities.toSorted((a, b) => b.belowRatio - a.belowRatio || a.line - b.line).slice(0, MOST_SHOWN);

const addTo = (group: Group, { cents, toModel }: { readonly cents: number; readonly toModel: number }): void => {
  group.cents.push(cents);
  group.toModel.push(toModel);
};

function groupIn<Key>(groups: Map<Key, Group>, key: Key): Group {
  const group = groups.get(key) ?? { cents: [], toModel: [] };
  groups.set(key, group);
  return group;
}
