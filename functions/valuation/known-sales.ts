import type { Comp } from './comp.ts';
import type { CompId, StoredComp } from './comp-rows.ts';
import { ageDaysOf } from './comp-weight.ts';

/** The sales of one title that are stored, as far as an arriving one is compared with them. */
export type KnownSales = {
  readonly add: (sale: StoredComp) => void;
  readonly remove: (sale: StoredComp) => void;
  /** a sale of the same at the same price by the same seller within so many days; of unknown days always */
  readonly sameSale: (comp: Comp, withinDays: number, now: Date) => StoredComp | undefined;
  /** number and median of the prices that count in this currency */
  readonly priceOf: (currency: string) => { readonly sales: number; readonly medianCents: number };
};

/** Looks up by price and seller, and keeps prices sorted: a file can have a hundred thousand sales of one title. */
export function knownSales(stored: Iterable<StoredComp>): KnownSales {
  const bySale = new Map<string, Map<CompId, StoredComp>>();
  const pricesByCurrency = new Map<string, number[]>();
  const pricesIn = (currency: string): number[] => entryOf(pricesByCurrency, currency, () => []);

  const known: KnownSales = {
    add: (sale) => {
      if (sale.comp.status !== 'sold') return;
      entryOf(bySale, saleKeyOf(sale.comp), () => new Map()).set(sale.compId, sale);
      const prices = pricesIn(sale.comp.currency);
      if (sale.state === 'counted') prices.splice(placeOf(prices, sale.comp.priceCents), 0, sale.comp.priceCents);
    },
    remove: (sale) => {
      if (!bySale.get(saleKeyOf(sale.comp))?.delete(sale.compId) || sale.state !== 'counted') return;
      const prices = pricesIn(sale.comp.currency);
      prices.splice(placeOf(prices, sale.comp.priceCents), 1);
    },
    sameSale: (comp, withinDays, now) => {
      const age = ageDaysOf(comp, now);
      const same = bySale.get(saleKeyOf(comp))?.values() ?? [];
      return [...same].find(({ comp: other }) => {
        const otherAge = ageDaysOf(other, now);
        return age === undefined || otherAge === undefined || Math.abs(age - otherAge) <= withinDays;
      });
    },
    priceOf: (currency) => {
      const prices = pricesIn(currency);
      const at = (prices.length - 1) / 2;
      const medianCents = ((prices[Math.floor(at)] ?? 0) + (prices[Math.ceil(at)] ?? 0)) / 2;
      return { sales: prices.length, medianCents };
    },
  };
  for (const sale of stored) known.add(sale);
  return known;
}

/** The entry of a key, made when there is none. */
export function entryOf<Key, Value>(entries: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = entries.get(key);
  if (found !== undefined) return found;
  const made = make();
  entries.set(key, made);
  return made;
}

const saleKeyOf = ({ source, seller, priceCents, currency }: Comp): string =>
  JSON.stringify([source, seller, priceCents, currency]);

/** Where a price is in sorted ones, or would be. */
function placeOf(prices: readonly number[], price: number): number {
  let [from, to] = [0, prices.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((prices[middle] ?? 0) < price) from = middle + 1;
    else to = middle;
  }
  return from;
}
