import type { Asset } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { policiesInForce } from '../platform/policies-in-force-store.ts';
import { countedComps } from '../valuation/comps-store.ts';
import { namesNothing, nameTest, relatedComps } from '../valuation/related-comps.ts';
import { questionIdOf, VALUATION_POLICIES } from '../valuation/valuation-policies.ts';
import { valueQuery } from '../valuation/value-query.ts';
import { compsEvidenceOf, currencyOf, queryOf } from './comps-evidence.ts';
import type { CompsEvidence } from './value-evidence.ts';

/** What the workspace's stored comps say of an asset, by its title and the policies that are in force for such a query. */
export async function compsEvidence(workspaceId: WorkspaceId, asset: Asset, now: Date): Promise<CompsEvidence> {
  const { kind } = asset;
  if (asset.kind === 'property' || asset.kind === 'vehicle') {
    return { status: 'not_searched', why: `comps of a ${kind} are not looked for` };
  }
  const query = queryOf(asset);
  if (query === undefined) return { status: 'no_query', why: `the ${kind} has no title to look for` };
  const policies = await policiesInForce(
    VALUATION_POLICIES,
    { workspaceId, resultId: questionIdOf({ kind, query }) },
    now,
  );
  const { relevance } = policies.documents;
  if (namesNothing({ kind, query }, relevance)) {
    return { status: 'no_query', why: 'its title names nothing that other titles could share' };
  }
  const { comps } = await countedComps(workspaceId, kind, { names: nameTest({ kind, query }, relevance) }, now);
  const related = relatedComps({ kind, query }, comps, relevance);
  if (related.length === 0) return { status: 'none_stored', why: 'no stored comp has enough names of its title' };
  const currency = currencyOf(asset, related);
  if (currency === undefined) return { status: 'no_currency', why: 'its comps are in several currencies' };
  return compsEvidenceOf(valueQuery({ kind, query, currency }, related, policies, now));
}
