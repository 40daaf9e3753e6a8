import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { ROW_VERSION } from '../platform/stored.ts';
import type { ProviderName, ProviderQuestion } from './provider.ts';
import { AskedQuery, answeredFrom, askedQueryKey, askingFrom } from './provider-rows.ts';

const { compsTable: TableName } = environment('compsTable');

/** A query of a workspace to one provider. */
export type Asking = {
  readonly workspaceId: WorkspaceId;
  readonly provider: ProviderName;
  readonly question: ProviderQuestion;
};

const keyOf = ({ workspaceId, provider, question }: Asking) => askedQueryKey(workspaceId, provider, question);

const itemOf = (asking: Asking, asked: AskedQuery) => ({
  ...keyOf(asking),
  rowVersion: ROW_VERSION,
  ...asked,
  keptUntilSeconds: Math.ceil(asked.freshUntilMs / 1000),
});

/**
 * Takes the right to ask a query: undefined, or the row of who has it or has had an answer that is still fresh. Of concurrent
 * callers one gets it. The rows are all that is kept of an answer but its comps: some hundred bytes, until it is fresh no more.
 */
export async function claimQuery(asking: Asking, now: Date): Promise<AskedQuery | undefined> {
  const claimed = await conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: itemOf(asking, askingFrom(now)),
        ConditionExpression: 'attribute_not_exists(pk) OR freshUntilMs <= :now',
        ExpressionAttributeValues: { ':now': now.getTime() },
      }),
    ),
  );
  if (claimed) return undefined;
  const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(asking), ConsistentRead: true }));
  // Released meanwhile: whoever had it has just failed.
  return Item ? AskedQuery.parse(Item) : askingFrom(now);
}

/** Says that the query was answered, so that it is fresh for as long as the provider's answers are. */
export const concludeQuery = (asking: Asking, now: Date) =>
  documents.send(new PutCommand({ TableName, Item: itemOf(asking, answeredFrom(asking.provider, now)) }));

/** Gives the right to ask back. Nothing if it has passed to somebody else. */
export const releaseQuery = (asking: Asking, now: Date) =>
  conditionMet(
    documents.send(
      new DeleteCommand({
        TableName,
        Key: keyOf(asking),
        ConditionExpression: 'askedAtMs = :mine',
        ExpressionAttributeValues: { ':mine': now.getTime() },
      }),
    ),
  );
