import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { ProviderName } from './provider.ts';
import { ProviderDay, providerDayKeptUntil, providerDayKey } from './provider-rows.ts';

const { compsTable: TableName } = environment('compsTable');

export type Reservation =
  | { readonly status: 'reserved'; readonly used: number }
  | { readonly status: 'quota_used_up' }
  | { readonly status: 'paused'; readonly seconds: number };

/**
 * Counts a call of a provider before it is made, in one conditional write: concurrent callers can neither exceed the quota nor
 * pass a pause by. A call that then fails has counted.
 */
export async function reserveCall(provider: ProviderName, callsPerDay: number, now: Date): Promise<Reservation> {
  const Key = providerDayKey(provider, now);
  let counted: unknown;
  const update = new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET used = if_not_exists(used, :none) + :one, keptUntilSeconds = :until',
    ConditionExpression:
      '(attribute_not_exists(used) OR used < :perDay) AND (attribute_not_exists(pausedUntilMs) OR pausedUntilMs <= :now)',
    ExpressionAttributeValues: {
      ':none': 0,
      ':one': 1,
      ':perDay': callsPerDay,
      ':now': now.getTime(),
      ':until': providerDayKeptUntil(now),
    },
    ReturnValues: 'ALL_NEW',
  });
  const reserved = await conditionMet(documents.send(update).then(({ Attributes }) => (counted = Attributes)));
  if (reserved) return { status: 'reserved', used: ProviderDay.parse(counted).used };
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  const { pausedUntilMs } = ProviderDay.parse(Item);
  const seconds = Math.ceil((pausedUntilMs - now.getTime()) / 1000);
  return seconds > 0 ? { status: 'paused', seconds } : { status: 'quota_used_up' };
}

/** Leaves a provider alone for so many seconds; a pause is never shortened. Safe to repeat. */
export async function pauseProvider(provider: ProviderName, seconds: number, now: Date): Promise<void> {
  if (seconds === 0) return;
  await conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key: providerDayKey(provider, now),
        UpdateExpression: 'SET pausedUntilMs = :until, keptUntilSeconds = :kept',
        ConditionExpression: 'attribute_not_exists(pausedUntilMs) OR pausedUntilMs < :until',
        ExpressionAttributeValues: {
          ':until': now.getTime() + seconds * 1000,
          ':kept': providerDayKeptUntil(now),
        },
      }),
    ),
  );
}
