import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb-client.ts';
import { environment } from './environment.ts';
import type { WorkspaceId } from './ids.ts';
import type { Policy } from './policy.ts';
import { chosenFor, type InForce, inForceBy, type Policies } from './policy-choice.ts';
import { POLICY_CACHE_MILLISECONDS, type PolicyState, policyPartition, revisionRowOf } from './policy-rows.ts';

const { jobsTable: TableName } = environment('jobsTable');

/** Most policies of workspaces that an instance keeps; the oldest are read anew. Chosen by eye: some kilobytes each. */
const MOST_CACHED = 500;

type State = PolicyState<unknown> | undefined;
type Cached = { readonly readMs: number; readonly state: Promise<State> };
const cache = new Map<string, Cached>();

/** Which result is decided: in which workspace, and by which id it has its side of a trial. */
export type ResultRef = { readonly workspaceId: WorkspaceId; readonly resultId: string };

/**
 * The documents of these policies that are in force for a result.
 *
 * @throws when they cannot be read: a default in place of a workspace's own version would be a wrong answer
 */
export async function policiesInForce<Some extends Policies>(
  policies: Some,
  { workspaceId, resultId }: ResultRef,
  now: Date,
): Promise<InForce<Some>> {
  const all = Object.values(policies);
  const states = await Promise.all(all.map((policy) => cachedState(workspaceId, policy, now.getTime())));
  return inForceBy(policies, (policy) => chosenFor(policy, states[all.indexOf(policy)], resultId));
}

function cachedState(workspaceId: WorkspaceId, policy: Policy, nowMs: number): Promise<State> {
  const key = policyPartition(workspaceId, policy.name);
  const found = cache.get(key);
  if (found && Math.abs(nowMs - found.readMs) < POLICY_CACHE_MILLISECONDS) return found.state;
  const state = policyState(workspaceId, policy);
  cache.delete(key);
  cache.set(key, { readMs: nowMs, state });
  // What failed is not kept: the next result tries again.
  state.catch(() => cache.delete(key));
  for (const oldest of cache.keys()) if (cache.size > MOST_CACHED) cache.delete(oldest);
  return state;
}

/** The state of a policy in a workspace now, not cached; undefined when it was never changed. */
export async function policyState(workspaceId: WorkspaceId, policy: Policy): Promise<State> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': policyPartition(workspaceId, policy.name) },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items[0] && revisionRowOf(policy).parse(Items[0]);
}
