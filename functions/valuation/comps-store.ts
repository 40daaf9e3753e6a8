import { BatchGetCommand, PutCommand, paginateQuery, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AssetKind } from '../assets/asset.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import type { Page } from '../platform/paging.ts';
import {
  type CompId,
  CompRow,
  type CompState,
  compKey,
  compsPartition,
  rowOfComp,
  rowOfTitle,
  type StoredComp,
  TitleRow,
  titleDigestOf,
  titlePrefix,
  titlesPartition,
} from './comp-rows.ts';

const { compsTable: TableName } = environment('compsTable');

/** Most rows that a valuation reads: some ten pages of DynamoDB. */
const ROWS_READ = 20_000;

/** Most keys of one BatchGetItem (DynamoDB quotas). */
const KEYS_READ = 100;

/** Rows are filtered after reading, so a page can be short. */
const ROWS_PER_PAGE = 1000;

/** A comp with the number of its writes. */
export type ReadComp = { readonly stored: StoredComp; readonly writes: number };

const readComp = (row: unknown): ReadComp => {
  // A row of before writes were counted has been written once.
  const { writes = 1, ...stored } = CompRow.parse(row);
  return { stored, writes };
};

/**
 * Stores a comp, with the entry that finds it by its title. False when somebody else has written it meanwhile. Safe to repeat.
 *
 * The entry first: one without its comp finds nothing, and a comp without its entry would not be found.
 *
 * @param readWrites of the row that was read before; 0 when there was none
 */
export async function saveComp(workspaceId: WorkspaceId, comp: StoredComp, readWrites: number): Promise<boolean> {
  await documents.send(new PutCommand({ TableName, Item: rowOfTitle(workspaceId, comp) }));
  const unchanged =
    readWrites === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: UNCHANGED, ExpressionAttributeValues: { ':writes': readWrites, ':first': 1 } };
  const Item = rowOfComp(workspaceId, comp, readWrites + 1);
  return conditionMet(documents.send(new PutCommand({ TableName, Item, ...unchanged })));
}

const UNCHANGED = 'writes = :writes OR (attribute_exists(pk) AND attribute_not_exists(writes) AND :writes = :first)';

/** The comps with these ids, as they are now. */
export async function compsNamed(workspaceId: WorkspaceId, compIds: Iterable<CompId>): Promise<ReadComp[]> {
  const keys = [...new Set(compIds)].map((compId) => compKey(workspaceId, compId));
  const found: ReadComp[] = [];
  while (keys.length > 0) {
    const RequestItems = { [TableName]: { Keys: keys.splice(0, KEYS_READ), ConsistentRead: true } };
    const { Responses = {}, UnprocessedKeys = {} } = await documents.send(new BatchGetCommand({ RequestItems }));
    found.push(...(Responses[TableName] ?? []).map(readComp));
    keys.push(...((UnprocessedKeys[TableName]?.Keys ?? []) as typeof keys));
  }
  return found;
}

/** Every comp of the workspace with the words of this title, as they are now. */
export async function compsWithTitle(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  titleDigest: string,
): Promise<ReadComp[]> {
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
  const comps = await compsNamed(workspaceId, compIds);
  // An entry outlives an edit of the title.
  return comps.filter(({ stored }) => titleDigestOf(stored.comp) === titleDigest);
}

/** A person's decision. Undefined when there is no such comp. Safe to repeat. */
export async function decideComp(
  workspaceId: WorkspaceId,
  compId: CompId,
  { state, by, at }: { readonly state: CompState; readonly by: string; readonly at: string },
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

export type CompFilter = {
  readonly limit: number;
  /** the last comp of the page before */
  readonly after?: string | undefined;
  readonly isWanted: (comp: StoredComp) => boolean;
  /** reads what was added a moment ago, too, at twice the price */
  readonly justAdded: boolean;
};

/** A page of a workspace's comps of a kind, in the order of their ids. */
export async function pageOfComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { limit, after, isWanted, justAdded }: CompFilter,
): Promise<Page<StoredComp>> {
  const pk = compsPartition(workspaceId, kind);
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      Limit: ROWS_PER_PAGE,
      ConsistentRead: justAdded,
      ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
    }),
  );
  const entries: StoredComp[] = [];
  for (const [at, row] of Items.entries()) {
    const comp = readComp(row).stored;
    if (isWanted(comp)) entries.push(comp);
    const isLast = at === Items.length - 1 && !LastEvaluatedKey;
    if (entries.length === limit && !isLast) return { entries, nextPosition: row.sk };
  }
  return { entries, ...(LastEvaluatedKey && { nextPosition: LastEvaluatedKey.sk }) };
}

export type AllComps = { readonly comps: readonly StoredComp[]; readonly isComplete: boolean };

/**
 * The comps of a kind that count, of the first ROWS_READ rows; whether these are all.
 *
 * @param justAdded reads what was added a moment ago, too, at twice the price
 */
export async function countedComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { justAdded }: { readonly justAdded: boolean },
): Promise<AllComps> {
  const comps: StoredComp[] = [];
  let rows = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': compsPartition(workspaceId, kind) },
        ExclusiveStartKey,
        ConsistentRead: justAdded,
      }),
    );
    for (const row of page.Items ?? []) {
      const comp = readComp(row).stored;
      if (comp.state === 'counted') comps.push(comp);
    }
    rows += page.Items?.length ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && rows < ROWS_READ);
  return { comps, isComplete: ExclusiveStartKey === undefined };
}
