import { DeleteCommand, PutCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { type CompWork, CompWorkRow, rowOfWork, WORK_PARTITION, workKey } from './comp-work.ts';

const { compsTable: TableName } = environment('compsTable');

/** Requests work of `file-comps`; work that is requested already is requested once. */
export async function requestWork(work: CompWork): Promise<void> {
  const put = new PutCommand({ TableName, Item: rowOfWork(work), ConditionExpression: 'attribute_not_exists(pk)' });
  await conditionMet(documents.send(put));
}

/** All that is to do. */
export async function openWork(): Promise<CompWork[]> {
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': WORK_PARTITION },
    ConsistentRead: true,
  };
  const work: CompWork[] = [];
  for await (const { Items = [] } of paginateQuery({ client: documents }, query)) {
    work.push(...Items.map((row) => CompWorkRow.parse(row)));
  }
  return work;
}

/** Takes work until a time; false when another run is at it. */
export const leaseWork = (work: CompWork, now: Date, until: Date): Promise<boolean> =>
  conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key: workKey(work),
        UpdateExpression: 'SET leasedUntil = :until ADD attempts :one',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(leasedUntil) OR leasedUntil < :now)',
        ExpressionAttributeValues: { ':until': until.toISOString(), ':now': now.toISOString(), ':one': 1 },
      }),
    ),
  );

/** Counts a run as none, because it failed by what would fail of any work. */
export async function forgiveAttempt(work: CompWork): Promise<void> {
  const update = new UpdateCommand({
    TableName,
    Key: workKey(work),
    UpdateExpression: 'ADD attempts :less',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':less': -1 },
  });
  await conditionMet(documents.send(update));
}

/** Work that is done, or that is no more to do. Safe to repeat. */
export async function endWork(work: CompWork): Promise<void> {
  await documents.send(new DeleteCommand({ TableName, Key: workKey(work) }));
}
