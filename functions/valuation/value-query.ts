import { sha256 } from '../platform/sha256.ts';
import type { NamedComp } from './comp.ts';
import { listComps, variantIds } from './listed-comps.ts';
import { absorptionOf, liquidityOf, pressureOf, priceTierOf } from './market-signals.ts';
import { MARKET_ADVICE, marketStateOf } from './market-state.ts';
import { type PriceZone, zoneOf } from './price-zone.ts';
import { INTERVAL_LEVEL } from './sale-interval.ts';
import type { Valuation } from './valuation.ts';
import type { ValuationPolicies } from './valuation-policies.ts';
import {
  type CompsQuestion,
  type CompsValue,
  type SortedComps,
  sortComps,
  valueSales,
  type WeighedComp,
} from './value-comps.ts';
import { quantileOf } from './weighted.ts';

/**
 * What a query is worth by these comps, with the part of each. The order of the comps does not matter.
 *
 * @param from number of comps of each list on earlier pages
 */
export function valueQuery(
  question: CompsQuestion,
  comps: readonly NamedComp[],
  { documents, uses }: ValuationPolicies,
  now: Date,
  from = 0,
): Valuation {
  const sorted = sortComps(question, comps, documents, now);
  const value = valueSales(sorted, documents.value);
  return {
    status: value ? 'valued' : 'too_few_sales',
    query: question.query,
    kind: question.kind,
    currency: question.currency,
    valuedOn: now.toISOString().slice(0, 10),
    inputsHash: sha256(JSON.stringify([question.kind, question.query, question.currency])),
    ...(value && { value: valueView(value, documents), market: marketView(sorted, value, documents, now) }),
    variants: sorted.variants.map(variantView),
    ...listComps(sorted, value?.blendedAsks ?? new Set(), from),
    policies: Object.values(uses),
  };
}

type Documents = ValuationPolicies['documents'];

const cents = (amount: number): number => Math.round(amount);

const valueView = (value: CompsValue, { market }: Documents): NonNullable<Valuation['value']> => ({
  quickCents: cents(value.values.quick),
  marketCents: cents(value.values.market),
  patientCents: cents(value.values.patient),
  interval: {
    fromCents: cents(value.interval.from),
    toCents: cents(value.interval.to),
    levelRatio: INTERVAL_LEVEL,
  },
  confidenceRatio: value.confidenceRatio,
  confidenceBand: value.confidenceBand,
  volume: value.volume,
  evidence: value.evidence,
  salesShareRatio: value.salesShareRatio,
  priceTier: priceTierOf(value.values.market, market),
});

/** Sales of every variant count for the market: they are sold to the same buyers. */
function marketView(
  { sales, variants, asks }: SortedComps,
  { values, confidenceRatio, supply }: CompsValue,
  { market: rules }: Documents,
  now: Date,
): NonNullable<Valuation['market']> {
  const sold = [...sales, ...variants.flat()].map(({ comp }) => comp);
  const asked = asks.map(({ comp }) => comp);
  const pressure = pressureOf(asked, values.market, rules);
  const liquidity = liquidityOf(sold, asked, rules, now);
  const absorption = absorptionOf(sold, asked, values.market, rules);
  const state = marketStateOf({ confidenceRatio, pressure, liquidity, absorption }, rules);
  const [buyerZone, sellerZone] = [zoneOf(sales), zoneOf(asks)];
  return {
    state,
    advice: MARKET_ADVICE[state],
    supply,
    ...(pressure && {
      pressure: { ratio: pressure.ratio, band: pressure.band, medianAskCents: cents(pressure.medianAsk) },
    }),
    ...(liquidity && { liquidity }),
    absorption,
    ...(buyerZone && { buyerZone: zoneView(buyerZone) }),
    ...(sellerZone && { sellerZone: zoneView(sellerZone) }),
  };
}

const zoneView = ({ from, to, centre }: PriceZone) => ({
  fromCents: cents(from),
  toCents: cents(to),
  centreCents: cents(centre),
});

const variantView = (sales: readonly WeighedComp[]): Valuation['variants'][number] => ({
  fromCents: Math.min(...sales.map(({ price }) => price)),
  toCents: Math.max(...sales.map(({ price }) => price)),
  medianCents: cents(quantileOf(sales, 0.5)),
  sales: sales.length,
  compIds: variantIds(sales),
});
