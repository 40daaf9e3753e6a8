import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
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
  type StoredComp,
} from './comp-rows.ts';

const { compsTable: TableName } = environment('compsTable');

/** Most rows that a valuation reads: some ten pages of DynamoDB. */
const ROWS_READ = 20_000;

/** Rows are filtered after reading, so a page can be short. */
const ROWS_PER_PAGE = 1000;

/** Stores a comp; false when it is there already, in whatever state. Safe to repeat. */
export const addComp = (workspaceId: WorkspaceId, comp: StoredComp): Promise<boolean> =>
  conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: rowOfComp(workspaceId, comp),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

/** Replaces the row of an asking price that was seen again later. False when what is stored is as late. Safe to repeat. */
export const renewAsk = (workspaceId: WorkspaceId, ask: StoredComp): Promise<boolean> =>
  conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key: compKey(workspaceId, ask.compId),
        UpdateExpression: 'SET #comp = :comp, keptUntilSeconds = :until',
        ConditionExpression: 'attribute_exists(pk) AND #comp.#date < :date',
        ExpressionAttributeNames: { '#comp': 'comp', '#date': 'date' },
        ExpressionAttributeValues: {
          ':comp': ask.comp,
          ':date': ask.comp.date,
          ':until': rowOfComp(workspaceId, ask).keptUntilSeconds,
        },
      }),
    ),
  );

/** Every comp of the workspace with the words of this title. */
export async function compsWithTitle(workspaceId: WorkspaceId, kind: AssetKind, titleDigest: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :title)',
      ExpressionAttributeValues: { ':pk': compsPartition(workspaceId, kind), ':title': `${titleDigest}.` },
      ConsistentRead: true,
    }),
  );
  return Items.map((row) => CompRow.parse(row));
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
    UpdateExpression: 'SET #state = :state, decidedAt = :at, decidedBy = :by',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': state, ':at': at, ':by': by },
    ReturnValues: 'ALL_NEW',
  });
  const found = await conditionMet(documents.send(update).then(({ Attributes }) => (decided = Attributes)));
  return found ? CompRow.parse(decided) : undefined;
}

export type CompFilter = {
  readonly limit: number;
  /** the last comp of the page before */
  readonly after?: string | undefined;
  readonly isWanted: (comp: StoredComp) => boolean;
};

/** A page of a workspace's comps of a kind, in the order of their ids. */
export async function pageOfComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { limit, after, isWanted }: CompFilter,
): Promise<Page<StoredComp>> {
  const pk = compsPartition(workspaceId, kind);
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      Limit: ROWS_PER_PAGE,
      ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
    }),
  );
  const entries: StoredComp[] = [];
  for (const [at, row] of Items.entries()) {
    const comp = CompRow.parse(row);
    if (isWanted(comp)) entries.push(comp);
    const isLast = at === Items.length - 1 && !LastEvaluatedKey;
    if (entries.length === limit && !isLast) return { entries, nextPosition: row.sk };
  }
  return { entries, ...(LastEvaluatedKey && { nextPosition: LastEvaluatedKey.sk }) };
}

export type AllComps = { readonly comps: readonly StoredComp[]; readonly isComplete: boolean };

/** The comps of a kind that count, of the first ROWS_READ rows; whether these are all. */
export async function countedComps(workspaceId: WorkspaceId, kind: AssetKind): Promise<AllComps> {
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
      }),
    );
    for (const row of page.Items ?? []) {
      const comp = CompRow.parse(row);
      if (comp.state === 'counted') comps.push(comp);
    }
    rows += page.Items?.length ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && rows < ROWS_READ);
  return { comps, isComplete: ExclusiveStartKey === undefined };
}
