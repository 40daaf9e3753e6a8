import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyId, WorkspaceId } from '../platform/ids.ts';
import { type IndexName, TABLES } from '../platform/names/tables.ts';
import { LARGEST_PAGE, type Page } from '../platform/paging.ts';
import { ROW_VERSION } from '../platform/stored.ts';
import { type ApiKey, hashOfSecret, StoredKey } from './api-key.ts';

/** The access table. A parameter and not the environment, because the command line uses it, too. */
export type AccessTable = { readonly documents: DynamoDBDocumentClient; readonly accessTable: string };

const BY_WORKSPACE: IndexName<'access'> = 'byWorkspace';

const keyOfHash = (hash: string) => ({ pk: `${TABLES.access.partitions.keys}${hash}`, sk: 'KEY' });

/** The key with this secret, active or revoked. */
export async function keyOfSecret(
  { documents, accessTable }: AccessTable,
  secret: string,
): Promise<ApiKey | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: accessTable, Key: keyOfHash(hashOfSecret(secret)), ConsistentRead: true }),
  );
  return Item && StoredKey.parse(Item);
}

export async function storeKey({ documents, accessTable }: AccessTable, key: ApiKey, secret: string): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: accessTable,
      Item: { ...keyOfHash(hashOfSecret(secret)), rowVersion: ROW_VERSION, ...key },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
}

/** A page of a workspace's keys, newest first, revoked ones included. */
export async function pageOfKeys(
  table: AccessTable,
  workspaceId: WorkspaceId,
  { limit, before }: { readonly limit: number; readonly before?: KeyId | undefined },
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
  const entries = Items.map((row) => StoredKey.parse(row));
  return { entries, ...(LastEvaluatedKey && { nextPosition: entries.at(-1)?.keyId }) };
}

/** All keys of a workspace; some hundreds at most, revoked ones included. */
export async function keysOfWorkspace(table: AccessTable, workspaceId: WorkspaceId): Promise<readonly ApiKey[]> {
  const keys: ApiKey[] = [];
  let page: Page<ApiKey>;
  do {
    page = await pageOfKeys(table, workspaceId, { limit: LARGEST_PAGE, before: keys.at(-1)?.keyId });
    keys.push(...page.entries);
  } while (page.nextPosition !== undefined);
  return keys;
}

/**
 * Marks a key as revoked; the first revocation's time is kept. Undefined when this workspace has no such key.
 *
 * The index is eventually consistent: a key created moments ago may be missing.
 */
export async function markRevoked(
  { documents, accessTable: TableName }: AccessTable,
  { workspaceId, keyId }: Pick<ApiKey, 'workspaceId' | 'keyId'>,
  now: Date,
): Promise<ApiKey | undefined> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: BY_WORKSPACE,
      KeyConditionExpression: 'workspaceId = :workspace AND keyId = :key',
      ExpressionAttributeValues: { ':workspace': workspaceId, ':key': keyId },
    }),
  );
  const [row] = Items;
  if (!row) return undefined;
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key: { pk: row.pk, sk: row.sk },
      UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now)',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': now.toISOString() },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return StoredKey.parse(Attributes);
}
