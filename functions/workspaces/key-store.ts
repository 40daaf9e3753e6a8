import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { conditionMet } from '../platform/dynamodb-client.ts';
import type { KeyId, WorkspaceId } from '../platform/ids.ts';
import { type IndexName, TABLES } from '../platform/names/tables.ts';
import { LARGEST_PAGE, type Page } from '../platform/paging.ts';
import { ROW_VERSION } from '../platform/stored.ts';
import { type ApiKey, expiryOf, isExpired, StoredKey } from './api-key.ts';
import { hashOfSecret, readSecret } from './key-secret.ts';

/** The access table. A parameter and not the environment, because the command line uses it, too. */
export type AccessTable = {
  readonly documents: DynamoDBDocumentClient;
  readonly accessTable: string;
  /** whose secrets are in it */
  readonly environmentName: string;
};

const BY_WORKSPACE: IndexName<'access'> = 'byWorkspace';

/** A key is stored under its id; one of an earlier release under the hash of its secret. */
const rowNamed = (idOrHash: string) => ({ pk: `${TABLES.access.partitions.keys}${idOrHash}`, sk: 'KEY' });

const Hashed = z.object({ secretHash: z.string() });

/** The key with this secret, active or revoked. Reads nothing for a text that is no secret of this environment. */
export async function keyOfSecret(
  { documents, accessTable, environmentName }: AccessTable,
  secret: string,
): Promise<ApiKey | undefined> {
  const parts = readSecret(environmentName, secret);
  if (!parts) return undefined;
  const hash = hashOfSecret(secret);
  const Key = rowNamed(parts.form === 'issued' ? parts.keyId : hash);
  const { Item } = await documents.send(new GetCommand({ TableName: accessTable, Key, ConsistentRead: true }));
  if (!Item || (parts.form === 'issued' && Hashed.parse(Item).secretHash !== hash)) return undefined;
  return StoredKey.parse(Item);
}

/** Stores a new key. @returns false when there is a key with this id */
export const storeKey = ({ documents, accessTable }: AccessTable, key: ApiKey, secret: string): Promise<boolean> =>
  conditionMet(
    documents.send(
      new PutCommand({
        TableName: accessTable,
        Item: { ...rowNamed(key.keyId), rowVersion: ROW_VERSION, secretHash: hashOfSecret(secret), ...key },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

/** A page of a workspace's keys, newest first, revoked ones included, until they expire. */
export async function pageOfKeys(
  table: AccessTable,
  workspaceId: WorkspaceId,
  { limit, before }: { readonly limit: number; readonly before?: KeyId | undefined },
  now: Date,
): Promise<Page<ApiKey>> {
  const { Items = [], LastEvaluatedKey } = await table.documents.send(
    new QueryCommand({
      TableName: table.accessTable,
      IndexName: BY_WORKSPACE,
      KeyConditionExpression: before ? 'workspaceId = :workspace AND keyId < :before' : 'workspaceId = :workspace',
      ExpressionAttributeValues: { ':workspace': workspaceId, ...(before && { ':before': before }) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  const keys = Items.map((row) => StoredKey.parse(row));
  const entries = keys.filter((key) => !isExpired(key, now));
  return { entries, ...(LastEvaluatedKey && { nextPosition: keys.at(-1)?.keyId }) };
}

/** All keys of a workspace, revoked ones included, until they expire. */
export async function keysOfWorkspace(table: AccessTable, workspaceId: WorkspaceId, now: Date): Promise<ApiKey[]> {
  const keys: ApiKey[] = [];
  let before: KeyId | undefined;
  do {
    const page = await pageOfKeys(table, workspaceId, { limit: LARGEST_PAGE, before }, now);
    keys.push(...page.entries);
    before = page.nextPosition as KeyId | undefined;
  } while (before !== undefined);
  return keys;
}

/** Identifies a key, always with its workspace, so that no workspace can revoke another's. */
export type KeyRef = Pick<ApiKey, 'workspaceId' | 'keyId'>;

/**
 * Marks a key as revoked; the first revocation's time is kept, and the row expires. Undefined when this workspace has no such
 * key.
 */
export async function markRevoked(table: AccessTable, ref: KeyRef, now: Date): Promise<ApiKey | undefined> {
  const key = await revokeRow(table, rowNamed(ref.keyId), ref, now);
  if (key) return key;
  const old = await oldRowOf(table, ref);
  return old && revokeRow(table, old, ref, now);
}

async function revokeRow(
  { documents, accessTable: TableName }: AccessTable,
  Key: Readonly<Record<'pk' | 'sk', string>>,
  { workspaceId }: KeyRef,
  now: Date,
): Promise<ApiKey | undefined> {
  const update = new UpdateCommand({
    TableName,
    Key,
    UpdateExpression:
      'SET revokedAt = if_not_exists(revokedAt, :now), expiresAtSeconds = if_not_exists(expiresAtSeconds, :expiry)',
    ConditionExpression: 'workspaceId = :workspace',
    ExpressionAttributeValues: { ':now': now.toISOString(), ':expiry': expiryOf(now), ':workspace': workspaceId },
    ReturnValues: 'ALL_NEW',
  });
  let revoked: unknown;
  const found = await conditionMet(documents.send(update).then(({ Attributes }) => (revoked = Attributes)));
  return found ? StoredKey.parse(revoked) : undefined;
}

const RowKey = z.object({ pk: z.string(), sk: z.string() });

/** The row of a key of an earlier release, by the index, because the id is not in its table key. */
async function oldRowOf({ documents, accessTable }: AccessTable, { workspaceId, keyId }: KeyRef) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: accessTable,
      IndexName: BY_WORKSPACE,
      KeyConditionExpression: 'workspaceId = :workspace AND keyId = :key',
      ExpressionAttributeValues: { ':workspace': workspaceId, ':key': keyId },
    }),
  );
  return Items[0] && RowKey.parse(Items[0]);
}
