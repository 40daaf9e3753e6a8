import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import type { Page } from '../platform/paging.ts';
import { policyState } from '../platform/policies-in-force-store.ts';
import type { Policy } from '../platform/policy.ts';
import {
  type PolicyRevision,
  type PolicyState,
  type PolicyVersion,
  policyPartition,
  revisionKey,
  revisionRowOf,
  rowOfRevision,
} from '../platform/policy-rows.ts';
import { changedMeanwhile, type Intent, nextRevision, type Signature, UNCHANGED } from './policy-change.ts';

const { jobsTable: TableName } = environment('jobsTable');

/** What is in force of a policy in a workspace, not cached. */
export const currentState = async (workspaceId: WorkspaceId, policy: Policy): Promise<PolicyState<unknown>> =>
  (await policyState(workspaceId, policy)) ?? UNCHANGED;

/**
 * Makes a change by one conditional write of a new row, so that of concurrent changes of one revision exactly one is made.
 * The repeat of a change that was made returns it.
 *
 * @param expected the revision that the caller has seen
 * @throws RequestError policy_changed, trial_running or no_trial
 */
export async function changePolicy(
  workspaceId: WorkspaceId,
  policy: Policy,
  expected: number,
  intent: Intent,
  signature: Signature,
): Promise<PolicyRevision> {
  const state = await currentState(workspaceId, policy);
  if (expected === state.revision) {
    const next = nextRevision(state, expected, intent, signature);
    if (await putNew(workspaceId, policy, next)) return next;
  }
  const made = await madeBefore(workspaceId, policy, expected, intent, signature);
  if (made) return made;
  throw changedMeanwhile(expected, (await currentState(workspaceId, policy)).revision);
}

const putNew = (workspaceId: WorkspaceId, { name }: Policy, revision: PolicyRevision): Promise<boolean> =>
  conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: rowOfRevision(workspaceId, name, revision),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

/** The revision that this very request has made before, by the same key for the same reason. */
async function madeBefore(
  workspaceId: WorkspaceId,
  policy: Policy,
  expected: number,
  intent: Intent,
  signature: Signature,
): Promise<PolicyRevision | undefined> {
  const made = await revisionAt(workspaceId, policy, expected + 1);
  const before = expected === 0 ? UNCHANGED : await revisionAt(workspaceId, policy, expected);
  if (!made || !before || made.by !== signature.by || made.why !== signature.why) return undefined;
  const again = nextRevision(before, expected, intent, { ...signature, at: made.at });
  return isDeepStrictEqual(plain(again), plain(made)) ? made : undefined;
}

/** Without fields that are undefined, as it is stored. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function revisionAt(
  workspaceId: WorkspaceId,
  policy: Policy,
  revision: number,
): Promise<PolicyRevision | undefined> {
  const Key = revisionKey(workspaceId, policy.name, revision);
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item && revisionRowOf(policy).parse(Item);
}

/** A page of the changes of a policy, newest first. */
export async function pageOfRevisions(
  workspaceId: WorkspaceId,
  policy: Policy,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Page<PolicyRevision>> {
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: {
        ':pk': policyPartition(workspaceId, policy.name),
        ...(before !== undefined && { ':before': revisionKey(workspaceId, policy.name, before).sk }),
      },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  const row = revisionRowOf(policy);
  const entries = Items.map((item) => row.parse(item));
  return { entries, ...(LastEvaluatedKey && { nextPosition: String(entries.at(-1)?.revision) }) };
}

/**
 * A version of a workspace's policy; undefined when there is none. It is in the first revision that counts so many versions,
 * found by binary search.
 */
export async function versionNamed(
  workspaceId: WorkspaceId,
  policy: Policy,
  version: number,
): Promise<PolicyVersion<unknown> | undefined> {
  if (version === 0) return { version };
  const newest = await currentState(workspaceId, policy);
  if (version > newest.versions) return undefined;
  let [low, high] = [1, newest.revision];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const versions = (await revisionAt(workspaceId, policy, middle))?.versions ?? 0;
    if (versions < version) low = middle + 1;
    else high = middle;
  }
  const introduced = await revisionAt(workspaceId, policy, low);
  const { active, candidate } = introduced ?? UNCHANGED;
  const found = [active, candidate].find((each) => each?.version === version);
  return found && { version, document: found.document };
}
