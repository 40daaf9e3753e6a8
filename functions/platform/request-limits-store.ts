import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from './dynamodb-client.ts';
import { environment } from './environment.ts';
import type { KeyId } from './ids.ts';
import { TABLES } from './names/tables.ts';
import type { Admit } from './operation.ts';
import {
  dayOf,
  endOfDayMs,
  KeyUse,
  lastFullAtMs,
  millisecondsPerToken,
  RequestLimits,
  refusalOf,
} from './request-limits.ts';

const { accessTable: TableName, requestLimits } = environment('accessTable', 'requestLimits');

const rowOf = (keyId: KeyId, now: Date) => ({ pk: `${TABLES.access.partitions.use}${keyId}`, sk: dayOf(now) });

/**
 * Counts a request of a key, or refuses it.
 *
 * Atomic, by one conditional write where the bucket is full, which is the usual case, and by a second one where it is not;
 * `fullAtMs` never decreases, so the second fails only if the limits do not admit the request. Each day has a row of its own,
 * with a full bucket: at midnight (UTC) a key can send one burst more.
 *
 * @throws RequestError rate_limited or quota_exceeded
 */
export const admitWithin =
  (limits: RequestLimits): Admit =>
  async ({ keyId }, now) => {
    const Key = rowOf(keyId, now);
    if ((await takeFromFull(Key, limits, now)) || (await takeFromRest(Key, limits, now))) return;
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    throw refusalOf(KeyUse.parse(Item), limits, now);
  };

/** Within the limits of this environment. */
export const admit = admitWithin(RequestLimits.parse(JSON.parse(requestLimits)));

type Row = ReturnType<typeof rowOf>;

const takeFromFull = (Key: Row, limits: RequestLimits, now: Date): Promise<boolean> =>
  conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET fullAtMs = :then, used = if_not_exists(used, :none) + :one, expiresAtSeconds = :expiry',
        ConditionExpression: 'attribute_not_exists(pk) OR (fullAtMs < :now AND used < :perDay)',
        ExpressionAttributeValues: {
          ':then': now.getTime() + millisecondsPerToken(limits),
          ':now': now.getTime(),
          ':none': 0,
          ':one': 1,
          ':perDay': limits.perDay,
          ':expiry': endOfDayMs(now) / 1000,
        },
      }),
    ),
  );

const takeFromRest = (Key: Row, limits: RequestLimits, now: Date): Promise<boolean> =>
  conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET fullAtMs = fullAtMs + :token, used = used + :one',
        ConditionExpression: 'fullAtMs BETWEEN :now AND :last AND used < :perDay',
        ExpressionAttributeValues: {
          ':token': millisecondsPerToken(limits),
          ':now': now.getTime(),
          ':last': lastFullAtMs(limits, now),
          ':one': 1,
          ':perDay': limits.perDay,
        },
      }),
    ),
  );
