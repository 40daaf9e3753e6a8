import type { Asset } from '../assets/asset.ts';
import type { NamedComp } from '../valuation/comp.ts';
import type { Valuation } from '../valuation/valuation.ts';
import type { CompsEvidence } from './value-evidence.ts';

/** Most comps that an assessment lists of those that count, and of those that do not. Chosen by eye: some kilobytes in its row. */
const LISTED = 50;

/** What a valuation says, as an assessment keeps it. */
export function compsEvidenceOf({
  query,
  currency,
  valuedOn,
  value,
  kept,
  keptCount,
  dropped,
  droppedCount,
  policies,
}: Valuation): CompsEvidence {
  // The most weighty come first.
  const [listed, rejected] = [kept.slice(0, LISTED), dropped.slice(0, LISTED)];
  return {
    status: value ? 'valued' : 'too_few_sales',
    query,
    currency,
    valuedOn,
    ...(value && {
      value: {
        quickCents: value.quickCents,
        marketCents: value.marketCents,
        patientCents: value.patientCents,
        fromCents: value.interval.fromCents,
        toCents: value.interval.toCents,
        confidenceRatio: value.confidenceRatio,
      },
    }),
    kept: listed.map(({ compId, role, weight }) => ({ compId, role, weight })),
    dropped: rejected.map(({ compId, reason }) => ({ compId, reason })),
    notListed: keptCount - listed.length + (droppedCount - rejected.length),
    policies,
  };
}

/** What comps of an asset are looked for by; undefined where there is nothing to look for. */
export const queryOf = (asset: Asset): string | undefined => ('title' in asset ? asset.title : undefined);

/** In which currency an asset is to be valued: its own, or that of its comps where all have the same. */
export function currencyOf({ currency }: Asset, comps: readonly NamedComp[]): string | undefined {
  if (currency !== undefined) return currency;
  const all = new Set(comps.map((comp) => comp.currency));
  return all.size === 1 ? [...all][0] : undefined;
}
