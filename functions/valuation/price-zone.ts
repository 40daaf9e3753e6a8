import { byPrice, quantileOf, totalWeight, type Weighted } from './weighted.ts';

/** Where most prices are. Both ends are prices that were paid or asked, and the centre lies between. */
export type PriceZone = { readonly from: number; readonly to: number; readonly centre: number };

/** Prices that make a zone: two show no density. */
const LEAST_PRICES = 3;

/** Of the weight of all prices, which a zone holds: most of them. Chosen by eye. */
const ZONE_SHARE = 0.6;

/** Of the zone's own weight, by which it is narrowed to its densest place, again and again (half-sample mode). */
const CENTRE_SHARE = 0.5;

/**
 * The shortest range of prices that holds 60 % of their weight, and its densest place; undefined below three prices.
 *
 * Without bins, whose width in money would depend on the price level: twice the prices give twice the zone.
 */
export function zoneOf(prices: readonly Weighted[]): PriceZone | undefined {
  if (prices.length < LEAST_PRICES) return undefined;
  const zone = shortest(byPrice(prices), ZONE_SHARE);
  let dense = zone;
  for (let narrower = shortest(dense, CENTRE_SHARE); narrower.length < dense.length; ) {
    dense = narrower;
    narrower = shortest(dense, CENTRE_SHARE);
  }
  return { from: zone[0]?.price ?? 0, to: zone.at(-1)?.price ?? 0, centre: quantileOf(dense, 0.5) };
}

/** The shortest run of sorted prices with this share of their weight; of equally short ones the heaviest, then the cheapest. */
function shortest(sorted: readonly Weighted[], share: number): readonly Weighted[] {
  // A hair less, because weights are sums of fractions.
  const needed = share * totalWeight(sorted) * (1 - 1e-9);
  let best = sorted;
  let bestLength = Number.POSITIVE_INFINITY;
  let bestWeight = 0;
  for (let from = 0; from < sorted.length; from += 1) {
    let weight = 0;
    for (let to = from; to < sorted.length; to += 1) {
      weight += sorted[to]?.weight ?? 0;
      if (weight < needed) continue;
      const length = (sorted[to]?.price ?? 0) - (sorted[from]?.price ?? 0);
      if (length < bestLength || (length === bestLength && weight > bestWeight)) {
        [best, bestLength, bestWeight] = [sorted.slice(from, to + 1), length, weight];
      }
      break;
    }
  }
  return best;
}
