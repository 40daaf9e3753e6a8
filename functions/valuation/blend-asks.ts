import type { ValueRules } from './value-policy.ts';
import { isWithin, quantileOf, type Weighted } from './weighted.ts';

export const SUPPLIES = ['oversupplied', 'balanced', 'scarce'] as const;
export type Supply = (typeof SUPPLIES)[number];

/** Quick, market and patient value, in cents that are not rounded yet. */
export type Values = { readonly quick: number; readonly market: number; readonly patient: number };

export type Blend = {
  readonly values: Values;
  /** the asking prices that moved the values */
  readonly used: readonly Weighted[];
  /** share of the sales in quick and market value; 1 when no asking price counts */
  readonly salesShareRatio: number;
};

export function supplyOf(asks: number, sales: number, { blend }: ValueRules): Supply {
  const ratio = asks / sales;
  if (ratio > blend.oversuppliedAbove) return 'oversupplied';
  return ratio < blend.scarceBelow ? 'scarce' : 'balanced';
}

/**
 * Quick, market and patient value of sales, moved by asking prices within reach of the sales.
 *
 * Always min sale <= quick <= market <= patient and market <= max sale, since buyers have other offers: asking prices beyond
 * what was paid move nothing, however many there are. Scale- and shift-equivariant, for which the reach is in interquartile
 * ranges and not in percent of a price.
 *
 * @param sales the kept sales of one group, at least one
 */
export function blendAsks(sales: readonly Weighted[], asks: readonly Weighted[], rules: ValueRules): Blend {
  const sold = valuesOf(sales, rules);
  const used = withinReach(sales, asks, rules);
  if (used.length < rules.blend.leastAsks) return { values: sold, used: [], salesShareRatio: 1 };
  const share = rules.blend.shares[supplyOf(asks.length, sales.length, rules)];
  const patientShare = Math.min(1, share + rules.blend.patientBonus);
  const asked = { quick: quantileOf(used, 0.1), market: quantileOf(used, 0.5), patient: quantileOf(used, 0.9) };
  const [least, most] = [sales, sales].map((all, end) =>
    (end === 0 ? Math.min : Math.max)(...all.map(({ price }) => price)),
  ) as [number, number];
  const market = clamp(mix(share, sold.market, asked.market), least, most);
  const values = {
    quick: clamp(mix(share, sold.quick, asked.quick), least, market),
    market,
    patient: Math.max(market, mix(patientShare, sold.patient, asked.patient)),
  };
  return { values, used, salesShareRatio: share };
}

const valuesOf = (sales: readonly Weighted[], { quantiles }: ValueRules): Values => ({
  quick: quantileOf(sales, quantiles.quick),
  market: quantileOf(sales, quantiles.market),
  patient: quantileOf(sales, quantiles.patient),
});

function withinReach(
  sales: readonly Weighted[],
  asks: readonly Weighted[],
  { blend }: ValueRules,
): readonly Weighted[] {
  const [lower, upper] = [quantileOf(sales, 0.25), quantileOf(sales, 0.75)];
  const reach = blend.reach * (upper - lower);
  return asks.filter(({ price }) => isWithin(price, lower - reach, upper + reach));
}

const mix = (share: number, one: number, other: number): number => share * one + (1 - share) * other;

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
