import type { NamedComp } from '../../../functions/valuation/comp.ts';
import { MARKET_RULES } from '../../../functions/valuation/market-rules.ts';
import { RELEVANCE_RULES } from '../../../functions/valuation/relevance-rules.ts';
import { type CompsRules, sortComps, valueSales } from '../../../functions/valuation/value-comps.ts';
import { VALUE_RULES } from '../../../functions/valuation/value-rules.ts';

export const NOW = new Date('2026-11-29T12:00:00Z');
export const TODAY = '2026-11-29';
export const QUERY = '2011 Topps Update Mike Trout #US175';
export const RULES: CompsRules = { relevance: RELEVANCE_RULES, value: VALUE_RULES };
export { MARKET_RULES };

let made = 0;

/** A comp of the query, sold today at a fixed price unless told otherwise. Prices are in cents. */
export function comp(priceCents: number, changes: Partial<NamedComp> = {}): NamedComp {
  made += 1;
  return {
    compId: `c${String(made).padStart(5, '0')}`,
    title: QUERY,
    status: 'sold',
    priceCents,
    currency: 'USD',
    date: TODAY,
    format: 'fixed_price',
    source: 'test',
    ...changes,
  };
}

/** Sales today at these prices in dollars. */
export const salesAt = (...dollars: readonly number[]): NamedComp[] => dollars.map((price) => comp(price * 100));

/** Asking prices in dollars, each of another seller. */
export const asksAt = (...dollars: readonly number[]): NamedComp[] =>
  dollars.map((price) => comp(price * 100, { status: 'asking' }));

/** An auction that ended today. */
export const auction = (dollars: number, bids: number): NamedComp => comp(dollars * 100, { format: 'auction', bids });

/** Comps by their part in the value, and the value. */
export function valued(comps: readonly NamedComp[], rules: CompsRules = RULES) {
  const sorted = sortComps({ query: QUERY, kind: 'collectible', currency: 'USD' }, comps, rules, NOW);
  return { sorted, value: valueSales(sorted, rules.value) };
}
