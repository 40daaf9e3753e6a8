import type { Asset } from '../assets/asset.ts';
import type { NamedComp } from '../valuation/comp.ts';
import type { Valuation } from '../valuation/valuation.ts';
import type { CompsEvidence } from './value-evidence.ts';

/** Most comps that an assessment lists of those that count, and of those that do not, the weightiest first. Chosen by eye: some kilobytes in its row. */
const LISTED = 50;

/** What a valuation says, as an assessment keeps it. */
export function compsEvidenceOf({ value, kept, dropped, ...valuation }: Valuation): CompsEvidence {
  return {
    status: value ? 'valued' : 'too_few_sales',
    query: valuation.query,
    currency: valuation.currency,
    valuedOn: valuation.valuedOn,
    inputsHash: valuation.inputsHash,
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
    kept: kept.slice(0, LISTED).map(({ compId, role, weight }) => ({ compId, role, weight })),
    dropped: dropped.slice(0, LISTED).map(({ compId, reason }) => ({ compId, reason })),
    keptCount: valuation.keptCount,
    droppedCount: valuation.droppedCount,
    compsSha256: valuation.compsSha256,
    policies: valuation.policies,
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
