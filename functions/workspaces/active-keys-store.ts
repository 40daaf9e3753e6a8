import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { decodeTime } from 'ulid';
import { conditionMet } from '../platform/dynamodb-client.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { ROW_VERSION } from '../platform/stored.ts';
import { ActiveKeys } from './active-keys.ts';
import { isActive, MAX_ACTIVE_KEYS } from './api-key.ts';
import { type AccessTable, type KeyRef, keysOfWorkspace } from './key-store.ts';

const rowOf = (workspaceId: WorkspaceId) => ({
  pk: `${TABLES.access.partitions.workspaces}${workspaceId}`,
  sk: 'KEYS',
});

/** A key without a row that is older than this was never stored: far longer than the function that stores it may run. */
const STORED_AFTER_MILLISECONDS = 60_000;

/** Counts a key as active; idempotent. @returns false when the workspace has MAX_ACTIVE_KEYS others */
export async function addActive(table: AccessTable, ref: KeyRef, now: Date): Promise<boolean> {
  const add = () =>
    change(
      table,
      ref,
      'ADD activeKeys :key',
      {
        only: 'attribute_not_exists(activeKeys) OR size(activeKeys) < :most OR contains(activeKeys, :id)',
        values: { ':most': MAX_ACTIVE_KEYS, ':id': ref.keyId },
      },
      now,
    );
  return (await add()) || ((await dropNeverStored(table, ref.workspaceId, now)) && add());
}

/** Counts a key as an admin key, unless it was revoked meanwhile; idempotent. @returns false when it was */
export const addAdmin = (table: AccessTable, ref: KeyRef, now: Date): Promise<boolean> =>
  change(table, ref, 'ADD adminKeys :key', { only: 'contains(activeKeys, :id)', values: { ':id': ref.keyId } }, now);

/** No longer counts a key; idempotent. */
export const removeActive = (table: AccessTable, ref: KeyRef, now: Date): Promise<boolean> =>
  change(table, ref, 'DELETE activeKeys :key, adminKeys :key', {}, now);

/** No longer counts a key, unless it is the last admin key; idempotent. @returns false when it is */
export const removeActiveButLastAdmin = (table: AccessTable, ref: KeyRef, now: Date): Promise<boolean> =>
  change(
    table,
    ref,
    'DELETE activeKeys :key, adminKeys :key',
    {
      only: 'attribute_not_exists(adminKeys) OR (NOT contains(adminKeys, :id)) OR size(adminKeys) > :one',
      values: { ':id': ref.keyId, ':one': 1 },
    },
    now,
  );

type Condition = { readonly only?: string; readonly values?: Readonly<Record<string, unknown>> };

async function change(
  table: AccessTable,
  { workspaceId, keyId }: KeyRef,
  UpdateExpression: string,
  { only, values }: Condition,
  now: Date,
): Promise<boolean> {
  const update = () =>
    conditionMet(
      table.documents.send(
        new UpdateCommand({
          TableName: table.accessTable,
          Key: rowOf(workspaceId),
          UpdateExpression,
          ConditionExpression: only ? `attribute_exists(pk) AND (${only})` : 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':key': new Set([keyId]), ...values },
        }),
      ),
    );
  if (await update()) return true;
  // The condition also fails without a row; another call may have created it meanwhile.
  await countFirst(table, workspaceId, now);
  return update();
}

/**
 * Creates the row of a workspace without one: a new one, or one of an earlier release, whose keys are counted by the eventually
 * consistent index.
 */
async function countFirst(table: AccessTable, workspaceId: WorkspaceId, now: Date): Promise<void> {
  if (await activeKeysOf(table, workspaceId)) return;
  const active = (await keysOfWorkspace(table, workspaceId, now)).filter(isActive);
  const admins = active.filter(({ role }) => role === 'admin');
  const idsOf = (keys: typeof active) => new Set(keys.map(({ keyId }) => keyId));
  const counted = {
    ...(active.length > 0 && { activeKeys: idsOf(active) }),
    ...(admins.length > 0 && { adminKeys: idsOf(admins) }),
  };
  await conditionMet(
    table.documents.send(
      new PutCommand({
        TableName: table.accessTable,
        Item: { ...rowOf(workspaceId), rowVersion: ROW_VERSION, ...counted },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

async function activeKeysOf(table: AccessTable, workspaceId: WorkspaceId): Promise<ActiveKeys | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.accessTable, Key: rowOf(workspaceId), ConsistentRead: true }),
  );
  return Item && ActiveKeys.parse(Item);
}

/** Removes keys that were counted and never stored, because their creation died in between. @returns whether there were any */
async function dropNeverStored(table: AccessTable, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  const counted = (await activeKeysOf(table, workspaceId))?.activeKeys ?? new Set();
  const stored = new Set((await keysOfWorkspace(table, workspaceId, now)).filter(isActive).map(({ keyId }) => keyId));
  const never = [...counted].filter(
    (keyId) => !stored.has(keyId) && decodeTime(keyId) < now.getTime() - STORED_AFTER_MILLISECONDS,
  );
  for (const keyId of never) await removeActive(table, { workspaceId, keyId }, now);
  return never.length > 0;
}
