import { askProviders } from '../comp-providers/ask-providers-store.ts';
import type { ProviderName, ReadRow } from '../comp-providers/provider.ts';
import { type ProviderOutcome, type RowCounts, rejectedCounts } from '../comp-providers/provider-outcome.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { measure } from '../platform/observability.ts';
import { addComps } from './add-comps-store.ts';
import { providerComps } from './provider-comps.ts';
import { mayBeRelevantTo } from './related-comps.ts';
import { searchWords } from './search-words.ts';
import type { ValuationPolicies } from './valuation-policies.ts';
import type { CompsQuestion } from './value-comps.ts';

/**
 * Asks the providers for comps of a query, and stores their rows by the same intake as everybody's: deduplicated, relistings and
 * outliers in quarantine. Rows that lack too many names of the query to be relevant are not stored. Safe to repeat.
 */
export function addProviderComps(
  workspaceId: WorkspaceId,
  question: CompsQuestion,
  { documents, uses }: ValuationPolicies,
  now: Date,
): Promise<ProviderOutcome[]> {
  const { kind, query, currency } = question;
  const intake = { rules: documents.value, use: uses.value };
  const mayBeRelevant = mayBeRelevantTo(question, documents.relevance);
  const takeIn = async (provider: ProviderName, rows: readonly ReadRow[]): Promise<RowCounts> => {
    const { comps: read, rejected } = providerComps(provider, rows, now);
    const comps = read.filter(({ title }) => mayBeRelevant(title));
    const arrivals = await addComps(workspaceId, { kind, comps }, intake, now);
    const countOf = (wanted: (typeof arrivals)[number]['outcome']): number =>
      arrivals.filter(({ outcome }) => outcome === wanted).length;
    const counts = {
      answered: rows.length,
      stored: countOf('stored'),
      quarantined: countOf('quarantined'),
      renewed: countOf('renewed'),
      duplicate: countOf('duplicate'),
      unrelated: read.length - comps.length,
      rejected: rejectedCounts(rejected),
    };
    measure('CompAdded', counts.stored + counts.quarantined + counts.renewed);
    measure('CompQuarantined', counts.quarantined);
    return counts;
  };
  return askProviders(workspaceId, { kind, currency, words: searchWords(query) }, takeIn, now);
}
