import type { AssetValue, ValueSource } from './asset-value.ts';
import { type Estimate, widened } from './combine-sources.ts';
import type { FusedValueRules } from './fused-value-policy.ts';
import type { ValueEvidence } from './value-evidence.ts';

/** A value by evidence, as its source gives it. */
export type Source = {
  readonly source: 'comps' | 'model';
  readonly estimate: Estimate;
  readonly currency: string;
  readonly kindOfPrice: 'asking' | 'sold';
  /** UTC day */
  readonly asOf: string;
};

/** The values that there are by evidence. The first decides currency, kind of price and day: sales of today before a model. */
export function sourcesOf({ comps, model }: ValueEvidence): readonly Source[] {
  const sources: Source[] = [];
  if (comps.status === 'valued' && comps.value) {
    const { marketCents: value, fromCents: from, toCents: to } = comps.value;
    const { currency, valuedOn: asOf } = comps;
    sources.push({ source: 'comps', estimate: { value, from, to }, currency, kindOfPrice: 'sold', asOf });
  }
  if (model.status === 'predicted') {
    const { valueCents: value, p10Cents, p90Cents, currency, kindOfPrice, vintage } = model.prediction;
    const estimate = { value, from: Math.min(value, p10Cents), to: Math.max(value, p90Cents) };
    sources.push({ source: 'model', estimate, currency, kindOfPrice, asOf: vintage.to });
  }
  return sources;
}

/** A source beside the first one: combined with it, its interval widened for what separates them, or apart. */
export type Beside = { readonly source: Source; readonly why: string } & (
  | { readonly isCombined: true; readonly estimate: Estimate }
  | { readonly isCombined: false }
);

/** Milliseconds of a year of 365.25 days. */
const YEAR_MILLISECONDS = 31_557_600_000;

/** Years between two UTC days, never negative. */
export const yearsApart = (one: string, other: string): number =>
  Math.abs(Date.parse(one) - Date.parse(other)) / YEAR_MILLISECONDS;

/** Whether, and how far widened, a source can be combined with the first one. Nothing is converted. */
export function beside(first: Source, source: Source, rules: FusedValueRules): Beside {
  const apart = (why: string): Beside => ({ source, isCombined: false, why });
  if (source.currency !== first.currency) return apart(`in ${source.currency}: nothing is converted`);
  const years = yearsApart(source.asOf, first.asOf);
  if (years > rules.mostYearsApart) {
    const limit = `${rules.mostYearsApart} years`;
    return apart(`of ${source.asOf}, ${years.toFixed(1)} years from ${first.asOf}: up to ${limit} are combined`);
  }
  const isOtherKind = source.kindOfPrice !== first.kindOfPrice;
  const drift = rules.yearlyDriftRatio * years;
  const ratio = Math.hypot(drift, isOtherKind ? rules.otherKindOfPriceRatio : 0);
  const causes = [
    ...(drift > 0 ? [`${years.toFixed(1)} years between the prices`] : []),
    ...(isOtherKind ? [`${source.kindOfPrice} prices beside ${first.kindOfPrice} ones`] : []),
  ];
  const why = causes.length > 0 ? `combined, its interval widened for ${causes.join(' and ')}` : 'combined';
  return { source, isCombined: true, estimate: widened(source.estimate, ratio), why };
}

/** A source as the answer shows it. */
export const sourceView = (
  { source, currency, kindOfPrice, asOf }: Source,
  { value, from, to }: Estimate,
  { shareRatio, why }: Pick<ValueSource, 'shareRatio' | 'why'>,
): AssetValue['sources'][number] => ({
  source,
  valueCents: Math.round(value),
  interval: { fromCents: Math.round(from), toCents: Math.round(to) },
  currency,
  kindOfPrice,
  asOf,
  shareRatio,
  why,
});
