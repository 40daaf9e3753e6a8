import { RATING_POLICIES, ratedBy } from '../assessments/rating-policies.ts';
import { RequestError } from '../platform/errors.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { digestOf, type Policy } from '../platform/policy.ts';
import { type Chosen, inForceBy, versionOf } from '../platform/policy-choice.ts';
import { PREVIEWED_RESULTS, type Previewed } from './policies-contract.ts';
import { currentState } from './policy-revisions-store.ts';
import { previewOf } from './preview.ts';
import { recentResults } from './recent-results-store.ts';
import { POLICY_NAMES, type PolicyName } from './registry.ts';

/** After it no further results are recomputed. Chosen by eye, within API Gateway's 29 s: a hundred jobs of ten photos take one. */
const LONGEST_MILLISECONDS = 12_000;

/**
 * What the last results that rest on this policy would have been under a document, beside what the versions in force make of
 * them.
 *
 * @param longestMs after which nothing further is read
 * @throws RequestError invalid_request when no job rests on this policy
 */
export async function previewResults(
  workspaceId: WorkspaceId,
  policy: Policy,
  document: unknown,
  now: Date,
  longestMs = LONGEST_MILLISECONDS,
) {
  const kinds = ratedBy(policy.name);
  if (kinds.length === 0) throw withoutPreview(policy);
  const all = [...new Set([policy, ...Object.values(RATING_POLICIES)])];
  const states = await Promise.all(all.map((each) => currentState(workspaceId, each)));
  const activeOf = (each: Policy): Chosen => versionOf(each, states[all.indexOf(each)]?.active ?? { version: 0 });
  const active = inForceBy(RATING_POLICIES, activeOf);
  const proposed = inForceBy(RATING_POLICIES, (each) =>
    each === policy ? { ...activeOf(each), document } : activeOf(each),
  );
  const results: Previewed[] = [];
  const endMs = performance.now() + longestMs;
  let complete = true;
  for await (const group of recentResults(workspaceId, kinds, PREVIEWED_RESULTS, now)) {
    complete = performance.now() < endMs;
    if (!complete) break;
    results.push(...group.map((result) => previewOf(result, { active, proposed })));
  }
  const { version, source, digest } = activeOf(policy).use;
  return {
    name: policy.name as PolicyName,
    active: { version, source, digest },
    digest: digestOf(document),
    complete,
    compared: results.length,
    changed: results.filter(({ differences }) => differences.length > 0).length,
    results,
  };
}

function withoutPreview({ name }: Policy): RequestError {
  const expected = `expected a policy that rates jobs (${POLICY_NAMES.filter((each) => ratedBy(each).length > 0).join(', ')})`;
  const why = 'Nothing that rests on this one is stored, so nothing can be recomputed.';
  return new RequestError('invalid_request', `path.name: ${expected}, received "${name}". ${why}`);
}
