import {
  BatchGetCommand,
  DeleteCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AssetKind } from '../assets/asset.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { type ReadComp, readComp } from './comp-book.ts';
import {
  type CompId,
  type CompState,
  compKey,
  compsPartition,
  rowOfComp,
  rowOfTitle,
  type StoredComp,
  TitleRow,
  titlePrefix,
  titlesPartition,
} from './comp-rows.ts';

const { compsTable: TableName } = environment('compsTable');

/** Most keys of one BatchGetItem (DynamoDB quotas). */
const KEYS_READ = 100;

/** A comp where it was found. */
export type FoundComp = ReadComp & { readonly place: 'table' | 'book' };

const foundInTable = (row: unknown): FoundComp => ({ ...readComp(row), place: 'table' });

/**
 * Writes a comp into the table, with the entry that finds it by its title. False when somebody else has written it meanwhile. Safe to repeat.
 *
 * The entry first: one without its comp finds nothing, and a comp without its entry would not be found.
 *
 * @param read as it was read before; undefined when it was nowhere
 */
export async function writeComp(
  workspaceId: WorkspaceId,
  comp: StoredComp,
  read: FoundComp | undefined,
): Promise<boolean> {
  await documents.send(new PutCommand({ TableName, Item: rowOfTitle(workspaceId, comp) }));
  const unchanged =
    read?.place === 'table'
      ? { ConditionExpression: UNCHANGED, ExpressionAttributeValues: { ':writes': read.writes, ':first': 1 } }
      : { ConditionExpression: 'attribute_not_exists(pk)' };
  const Item = rowOfComp(workspaceId, comp, (read?.writes ?? 0) + 1);
  return conditionMet(documents.send(new PutCommand({ TableName, Item, ...unchanged })));
}

const UNCHANGED = 'writes = :writes OR (attribute_exists(pk) AND attribute_not_exists(writes) AND :writes = :first)';

/** The comps with these ids that are in the table, as they are now. */
export async function rowsNamed(workspaceId: WorkspaceId, compIds: Iterable<CompId>): Promise<FoundComp[]> {
  const keys = [...new Set(compIds)].map((compId) => compKey(workspaceId, compId));
  const found: FoundComp[] = [];
  while (keys.length > 0) {
    const RequestItems = { [TableName]: { Keys: keys.splice(0, KEYS_READ), ConsistentRead: true } };
    const { Responses = {}, UnprocessedKeys = {} } = await documents.send(new BatchGetCommand({ RequestItems }));
    found.push(...(Responses[TableName] ?? []).map(foundInTable));
    keys.push(...((UnprocessedKeys[TableName]?.Keys ?? []) as typeof keys));
  }
  return found;
}

/** Ids of the comps whose titles had these words at some time. */
export async function idsWithTitle(workspaceId: WorkspaceId, kind: AssetKind, titleDigest: string): Promise<CompId[]> {
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :title)',
    ExpressionAttributeValues: { ':pk': titlesPartition(workspaceId, kind), ':title': titlePrefix(titleDigest) },
    ConsistentRead: true,
  };
  const compIds: CompId[] = [];
  for await (const { Items = [] } of paginateQuery({ client: documents }, query)) {
    compIds.push(...Items.map((row) => TitleRow.parse(row).compId));
  }
  return compIds;
}

export type Decision = { readonly state: CompState; readonly by: string; readonly at: string };

/** A person's decision. Undefined when the table has no such comp. Safe to repeat. */
export async function decideRow(
  workspaceId: WorkspaceId,
  compId: CompId,
  { state, by, at }: Decision,
): Promise<StoredComp | undefined> {
  let decided: unknown;
  const update = new UpdateCommand({
    TableName,
    Key: compKey(workspaceId, compId),
    UpdateExpression:
      'SET #state = :state, decidedAt = :at, decidedBy = :by, writes = if_not_exists(writes, :one) + :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': state, ':at': at, ':by': by, ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  const found = await conditionMet(documents.send(update).then(({ Attributes }) => (decided = Attributes)));
  return found ? readComp(decided).stored : undefined;
}

type TablePage = {
  readonly after: string;
  readonly limit: number;
  /** whether they are those of this moment, at twice the price */
  readonly ConsistentRead: boolean;
};

/** The comps of a kind after this place, in the order of their places. */
export async function pageOfRows(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { after, limit, ConsistentRead }: TablePage,
): Promise<{ readonly comps: readonly FoundComp[]; readonly hasMore: boolean }> {
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': compsPartition(workspaceId, kind), ':after': after },
      Limit: limit,
      ConsistentRead,
    }),
  );
  return { comps: Items.map(foundInTable), hasMore: LastEvaluatedKey !== undefined };
}

/**
 * The comps of a kind in the table, of so many rows at most or a few more; whether these are all.
 *
 * @param ConsistentRead whether they are those of this moment, at twice the price
 */
export async function allRows(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { limit, ConsistentRead = false }: { readonly limit: number; readonly ConsistentRead?: boolean },
): Promise<{ readonly comps: readonly FoundComp[]; readonly isComplete: boolean }> {
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': compsPartition(workspaceId, kind) },
    ConsistentRead,
  };
  const comps: FoundComp[] = [];
  for await (const { Items = [], LastEvaluatedKey } of paginateQuery({ client: documents }, query)) {
    for (const row of Items) comps.push(foundInTable(row));
    if (comps.length >= limit && LastEvaluatedKey) return { comps, isComplete: false };
  }
  return { comps, isComplete: true };
}

/** Deletes a comp from the table that is in its book as well, unless somebody has written it since. Safe to repeat. */
export async function deleteRow(workspaceId: WorkspaceId, { stored, writes }: ReadComp): Promise<void> {
  const Key = compKey(workspaceId, stored.compId);
  const ExpressionAttributeValues = { ':writes': writes, ':first': 1 };
  const remove = new DeleteCommand({ TableName, Key, ConditionExpression: UNCHANGED, ExpressionAttributeValues });
  if (!(await conditionMet(documents.send(remove)))) return;
  const { pk, sk } = rowOfTitle(workspaceId, stored);
  await documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
}
