import { sha256 } from '../platform/sha256.ts';
import { isListPrice } from './comp.ts';
import type { Valuation } from './valuation.ts';
import type { DroppedComp, SortedComps, WeighedComp } from './value-comps.ts';

/**
 * Comps of each list on one page: with the longest titles and the most differences 1.1 MB (`listed-comps.test.ts`), where a reply
 * may have 6 MB (Lambda quotas).
 */
export const LISTED_COMPS = 100;

/** Ids of a variant's sales in a valuation. */
const VARIANT_COMPS = 100;

type Lists = Pick<Valuation, 'kept' | 'keptCount' | 'dropped' | 'droppedCount' | 'compsSha256'>;

/**
 * One page of the comps that count, and one of those that do not, each the most weighty first.
 *
 * @param blended ids of the asking prices that moved the value
 * @param from number of comps of each list on earlier pages
 */
export function listComps(sorted: SortedComps, blended: ReadonlySet<string>, from: number): Lists {
  const kept = mostWeightyFirst([
    ...sorted.sales.map((weighed) => ({ weighed, role: 'sale' as const })),
    ...sorted.asks.map((weighed) => ({
      weighed,
      role: blended.has(weighed.comp.compId) ? ('blended_ask' as const) : ('ask' as const),
    })),
    ...sorted.variants.flat().map((weighed) => ({ weighed, role: 'other_variant' as const })),
  ]);
  const dropped = mostWeightyFirst(sorted.dropped.map((weighed) => ({ weighed, role: weighed.reason })));
  const page = [from, from + LISTED_COMPS] as const;
  return {
    kept: kept.slice(...page).map(({ weighed, role }) => keptView(weighed, role)),
    keptCount: kept.length,
    dropped: dropped.slice(...page).map(({ weighed }) => droppedView(weighed)),
    droppedCount: dropped.length,
    compsSha256: digestOf([...kept, ...dropped]),
  };
}

/** The ids of the most weighty sales of a variant. */
export const variantIds = (sales: readonly WeighedComp[]): string[] =>
  mostWeightyFirst(sales.map((weighed) => ({ weighed })))
    .slice(0, VARIANT_COMPS)
    .map(({ weighed: { comp } }) => comp.compId);

/** Equally weighty ones by their ids. */
const mostWeightyFirst = <Entry extends { readonly weighed: WeighedComp }>(entries: readonly Entry[]): Entry[] =>
  entries.toSorted(
    ({ weighed: one }, { weighed: other }) =>
      other.weight - one.weight || (one.comp.compId < other.comp.compId ? -1 : 1),
  );

/** Of every comp with its part, so that the same digest is the same evidence in the same order. */
const digestOf = (entries: readonly { readonly weighed: WeighedComp; readonly role: string }[]): string =>
  sha256(
    JSON.stringify(entries.map(({ weighed: { comp, weight }, role }) => [comp.compId, comp.priceCents, weight, role])),
  );

const judgedView = ({ comp: { compId, storedOn: _when, ...comp }, relevance }: WeighedComp) => ({
  compId,
  comp,
  relevanceRatio: relevance.relevanceRatio,
  differences: relevance.reasons.map((reason) => ({ ...reason })),
});

const keptView = (weighed: WeighedComp, role: Valuation['kept'][number]['role']): Valuation['kept'][number] => ({
  ...judgedView(weighed),
  role,
  weight: weighed.weight,
  formatWeight: weighed.formatWeight,
  recencyRatio: weighed.recencyRatio,
  isListPrice: isListPrice(weighed.comp),
});

const droppedView = (dropped: DroppedComp): Valuation['dropped'][number] => ({
  ...judgedView(dropped),
  reason: dropped.reason,
  why: dropped.why,
});
