import type { AssetKind } from '../assets/asset.ts';
import { blendAsks, type Supply, supplyOf, type Values } from './blend-asks.ts';
import type { NamedComp } from './comp.ts';
import { ageDaysOf, formatWeightOf, recencyOf, storedDaysOf } from './comp-weight.ts';
import {
  bandOf,
  type ConfidenceBand,
  confidenceOf,
  spreadRatioOf,
  type VolumeLevel,
  volumeLevelOf,
} from './confidence.ts';
import { groupPrices } from './price-groups.ts';
import { type Relevance, relevanceTo } from './relevance.ts';
import type { RelevanceRules } from './relevance-policy.ts';
import { saleInterval } from './sale-interval.ts';
import type { ValueRules } from './value-policy.ts';

/** What is asked of the comps. */
export type CompsQuestion = {
  readonly query: string;
  readonly kind: AssetKind;
  /** only comps in this currency count; nothing is converted */
  readonly currency: string;
};

/** A comp and how much it says. */
export type WeighedComp = {
  readonly comp: NamedComp;
  readonly relevance: Relevance;
  /** by format and bids */
  readonly formatWeight: number;
  /** 0 … 1 */
  readonly recencyRatio: number;
  readonly price: number;
  /** formatWeight x relevance x recency */
  readonly weight: number;
};

export const DROP_REASONS = ['irrelevant', 'other_currency', 'outlier', 'asking_too_old'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export type DroppedComp = WeighedComp & { readonly reason: DropReason; readonly why: string };

/** Comps by their part in the value. */
export type SortedComps = {
  /** sales on which the value rests */
  readonly sales: readonly WeighedComp[];
  /** sales of other variants, by price */
  readonly variants: readonly (readonly WeighedComp[])[];
  readonly asks: readonly WeighedComp[];
  readonly dropped: readonly DroppedComp[];
};

/** The rules of relevance and value together. */
export type CompsRules = { readonly relevance: RelevanceRules; readonly value: ValueRules };

/** Keeps or drops each comp, each dropped one with its reason. The order of the comps does not matter. */
export function sortComps(
  question: CompsQuestion,
  comps: readonly NamedComp[],
  rules: CompsRules,
  now: Date,
): SortedComps {
  const judge = relevanceTo(question.query, question.kind, rules.relevance);
  const weighed = comps
    .toSorted((one, other) => (one.compId < other.compId ? -1 : 1))
    .map((comp) => weighedComp(comp, judge(comp.title), rules.value, now));
  const dropped = weighed.flatMap((each) => dropReason(each, question, rules.value, now) ?? []);
  const gone = new Set(dropped.map(({ comp }) => comp.compId));
  const kept = weighed.filter(({ comp }) => !gone.has(comp.compId));
  const groups = groupPrices(
    kept.filter(({ comp }) => comp.status === 'sold'),
    rules.value,
  );
  const outliers = groups.outliers.map(({ point, from, to }) => ({
    ...point,
    reason: 'outlier' as const,
    why: `${point.price} cents; sales of the same thing are within ${Math.round(from)} to ${Math.round(to)}, and no other supports it`,
  }));
  return {
    sales: groups.primary,
    variants: groups.variants,
    asks: kept.filter(({ comp }) => comp.status === 'asking'),
    dropped: [...dropped, ...outliers],
  };
}

function weighedComp(comp: NamedComp, relevance: Relevance, rules: ValueRules, now: Date): WeighedComp {
  const formatWeight = formatWeightOf(comp, rules);
  const recencyRatio = recencyOf(comp, rules, now);
  const weight = formatWeight * relevance.relevanceRatio * recencyRatio;
  return { comp, relevance, formatWeight, recencyRatio, price: comp.priceCents, weight };
}

function dropReason(
  weighed: WeighedComp,
  { currency }: CompsQuestion,
  { askingDays }: ValueRules,
  now: Date,
): DroppedComp | undefined {
  const { comp, relevance } = weighed;
  const ageDays = ageDaysOf(comp, now) ?? storedDaysOf(comp, now);
  if (!relevance.isRelevant) {
    return { ...weighed, reason: 'irrelevant', why: relevance.reasons.map(({ text }) => text).join('; ') };
  }
  if (comp.currency !== currency) {
    return { ...weighed, reason: 'other_currency', why: `in ${comp.currency}; nothing is converted to ${currency}` };
  }
  if (comp.status === 'asking' && ageDays > askingDays) {
    return { ...weighed, reason: 'asking_too_old', why: `asked ${ageDays} days ago; counted are ${askingDays} days` };
  }
  return undefined;
}

/** A value in cents with what it rests on. */
export type CompsValue = {
  readonly values: Values;
  readonly interval: { readonly from: number; readonly to: number };
  readonly confidenceRatio: number;
  readonly confidenceBand: ConfidenceBand;
  readonly volume: VolumeLevel;
  readonly supply: Supply;
  /** share of sales in quick and market value; the rest are asking prices */
  readonly salesShareRatio: number;
  /** ids of the asking prices that moved the values */
  readonly blendedAsks: ReadonlySet<string>;
  /** sales by relevance and recency, so that an old or doubtful one counts less than one */
  readonly evidence: number;
};

/** Undefined when there are too few sales: an asking price is no value. */
export function valueSales({ sales, variants, asks }: SortedComps, rules: ValueRules): CompsValue | undefined {
  if (sales.length < rules.leastSales) return undefined;
  const { values, used, salesShareRatio } = blendAsks(sales, asks, rules);
  const all = [...sales, ...variants.flat()];
  const [evidence, evidenceOfAll] = [evidenceOf(sales), evidenceOf(all)];
  const interval = saleInterval(sales, values.market, evidence, rules);
  const confidenceRatio = confidenceOf(all, evidenceOfAll, rules);
  return {
    values,
    interval: { from: Math.min(values.quick, interval.from), to: Math.max(values.patient, interval.to) },
    confidenceRatio,
    confidenceBand: bandOf(confidenceRatio, rules),
    volume: volumeLevelOf(
      all.map(({ formatWeight }) => formatWeight),
      spreadRatioOf(all),
      rules,
    ),
    supply: supplyOf(asks.length, sales.length, rules),
    salesShareRatio,
    blendedAsks: new Set(asks.filter((ask) => used.includes(ask)).map(({ comp }) => comp.compId)),
    evidence,
  };
}

const evidenceOf = (sales: readonly WeighedComp[]): number =>
  sales.reduce((sum, { relevance, recencyRatio }) => sum + relevance.relevanceRatio * recencyRatio, 0);
