import type { PriceFacts } from '../price-facts.ts';
import type { PriceModelSchema } from '../price-model-schema.ts';

type Limit = { readonly fact: string; readonly from?: number; readonly to?: number; readonly reason: string };

/** Prices and facts of rows that teach nothing, or something else; by plan, in units of the currency. */
const LIMITS: Record<PriceModelSchema['plan'], readonly Limit[]> = {
  'us-vehicle': [
    { fact: 'price', from: 1001, reason: 'a price of 1,000 or less is a down payment or a placeholder' },
    { fact: 'price', to: 499_999, reason: 'a price of 500,000 or more is a mistake or a rarity' },
    { fact: 'odometerMiles', to: 499_999, reason: 'a reading of 500,000 miles or more is a mistake' },
  ],
  'uk-vehicle': [
    { fact: 'price', from: 101, reason: 'a price of 100 or less is a placeholder' },
    { fact: 'modelYear', to: 2021, reason: 'a model year after the table was made is a mistake' },
  ],
  house: [
    { fact: 'price', from: 10_000, reason: 'a price below 10,000 is no sale between strangers' },
    { fact: 'bedrooms', to: 20, reason: 'more than 20 bedrooms are a mistake or no house' },
  ],
};

/** Why a row is left out of training; undefined where it is not. */
export function reasonToLeaveOut(plan: PriceModelSchema['plan'], facts: PriceFacts, price: number): string | undefined {
  return LIMITS[plan].find(({ fact, from, to }) => {
    const value = fact === 'price' ? price : facts[fact];
    if (typeof value !== 'number') return false;
    return value < (from ?? Number.NEGATIVE_INFINITY) || value > (to ?? Number.POSITIVE_INFINITY);
  })?.reason;
}

/**
 * The thing that a row is about, so that rows of one thing are never on both sides of a split: a vehicle by model, year and
 * odometer; a house by place, areas and year. Where these are unknown, each row is a thing of its own.
 *
 * @param row its place in the table
 */
export function groupOf(plan: PriceModelSchema['plan'], facts: PriceFacts, row: number): string {
  const names =
    plan === 'house'
      ? ['latitude', 'longitude', 'livingAreaSqft', 'lotAreaSqft', 'yearBuilt']
      : ['make', 'model', 'modelYear', 'odometerMiles'];
  const values = names.map((name) => facts[name]);
  const known = values.filter((value) => value !== undefined);
  const needed = plan === 'house' ? names.length : names.length - 1;
  return known.length >= needed ? values.join('|') : `row ${row}`;
}
