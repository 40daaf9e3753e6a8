import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { IDEMPOTENCY_SECONDS } from './contract.ts';
import { conditionMet, documents } from './dynamodb-client.ts';
import { environment } from './environment.ts';
import { RequestError } from './errors.ts';
import type { Answer } from './http-reply.ts';
import type { KeyId, WorkspaceId } from './ids.ts';
import type { RouteName } from './names/routes.ts';
import { TABLES } from './names/tables.ts';
import { seal, unseal } from './sealing.ts';
import { sha256 } from './sha256.ts';
import { ROW_VERSION } from './stored.ts';

const { accessTable: TableName } = environment('accessTable');

/** Clocks of two functions differ by less: AWS keeps them by its time service to milliseconds. */
const SKEW_MILLISECONDS = 500;

/** The times of an invocation; its lock holds until it must have ended. */
type Invocation = { readonly now: Date; readonly endsAt: Date };

/** The scope of an Idempotency-Key: one API key and one route. */
export type IdempotencyScope = {
  readonly workspaceId: WorkspaceId;
  readonly keyId: KeyId;
  readonly routeName: RouteName;
  readonly idempotencyKey: string;
  /** never stored; replies are encrypted under a key derived from it, because they can hold secrets */
  readonly apiKey: string;
};

/** The table's TTL attribute. */
type Expiring = Readonly<Record<(typeof TABLES)['access']['timeToLive'], number>>;

export const Remembered = z.object({
  requestHash: z.string(),
  newId: z.string(),
  lockedUntil: z.number(),
  expiresAtSeconds: z.number(),
  sealedAnswer: z.instanceof(Uint8Array).optional(),
}) satisfies z.ZodType<Expiring>;
type Remembered = z.infer<typeof Remembered>;

const keyOf = ({ workspaceId, keyId, routeName, idempotencyKey }: IdempotencyScope) => ({
  pk: `${TABLES.access.partitions.replies}${workspaceId}#${sha256([keyId, routeName, idempotencyKey].join('\n'))}`,
  sk: 'REPLY',
});

/**
 * Creates a resource once: a repeat gets the first reply. When the first attempt died, a repeat runs the creation again with
 * the same `newId`.
 *
 * @throws RequestError idempotency_key_reused when the key was used for another request, request_in_progress while the first
 *   attempt is running
 */
export async function answerOnce(
  scope: IdempotencyScope,
  request: unknown,
  newId: string,
  make: (newId: string) => Promise<Answer>,
  invocation: Invocation,
): Promise<Answer> {
  const requestHash = sha256(JSON.stringify(request));
  const attempt = await begin(scope, requestHash, newId, invocation);
  if (attempt.sealedAnswer) return { ...unsealed(attempt.sealedAnswer, scope), replayed: true };
  try {
    const answer = await make(attempt.newId);
    await remember(scope, answer);
    return answer;
  } catch (error) {
    // Nothing was created: the caller may correct the request and use the same key again.
    if (error instanceof RequestError) await forget(scope);
    else await unlock(scope);
    throw error;
  }
}

async function begin(
  scope: IdempotencyScope,
  requestHash: string,
  newId: string,
  { now, endsAt }: Invocation,
): Promise<Remembered> {
  const mine: Remembered = {
    requestHash,
    newId,
    lockedUntil: endsAt.getTime() + SKEW_MILLISECONDS,
    expiresAtSeconds: Math.floor(now.getTime() / 1000) + IDEMPOTENCY_SECONDS,
  };
  const isFirst = await conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: { ...keyOf(scope), rowVersion: ROW_VERSION, ...mine },
        // TTL deletes expired items within days.
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAtSeconds < :now',
        ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
      }),
    ),
  );
  return isFirst ? mine : takeOver(scope, requestHash, mine.lockedUntil, now);
}

/** The row of an earlier request with this key: its reply, or the lock of a dead attempt, which this call takes over. */
async function takeOver(
  scope: IdempotencyScope,
  requestHash: string,
  lockedUntil: number,
  now: Date,
): Promise<Remembered> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(scope), ConsistentRead: true }));
  // Refused meanwhile, and forgotten.
  if (!Item) throw inProgress(1);
  const earlier = Remembered.parse(Item);
  if (earlier.requestHash !== requestHash) {
    throw new RequestError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different request. Send the same request again, or use a new key.',
    );
  }
  if (earlier.sealedAnswer) return earlier;
  const lockedMs = earlier.lockedUntil - now.getTime();
  if (lockedMs > 0) throw inProgress(Math.ceil(lockedMs / 1000));
  const taken = await conditionMet(
    documents.send(
      new UpdateCommand({
        TableName,
        Key: keyOf(scope),
        UpdateExpression: 'SET lockedUntil = :mine',
        ConditionExpression: 'lockedUntil = :seen AND attribute_not_exists(sealedAnswer)',
        ExpressionAttributeValues: { ':mine': lockedUntil, ':seen': earlier.lockedUntil },
      }),
    ),
  );
  if (!taken) throw inProgress(Math.ceil((lockedUntil - now.getTime()) / 1000));
  return earlier;
}

/** @param seconds until the first request has ended, one way or the other */
const inProgress = (seconds: number): RequestError =>
  new RequestError(
    'request_in_progress',
    `The first request with this Idempotency-Key is still running. It has ended in ${seconds} s at the latest.`,
    [],
    seconds,
  );

const purposeOf = ({ idempotencyKey }: IdempotencyScope): string => `idempotent answer ${idempotencyKey}`;

const StoredAnswer = z.object({ status: z.int(), body: z.string() });

const unsealed = (sealed: Uint8Array, scope: IdempotencyScope): Answer =>
  StoredAnswer.parse(JSON.parse(unseal(sealed, scope.apiKey, purposeOf(scope))));

const remember = (scope: IdempotencyScope, { status, body }: Answer) =>
  documents.send(
    new UpdateCommand({
      TableName,
      Key: keyOf(scope),
      UpdateExpression: 'SET sealedAnswer = :sealed',
      ExpressionAttributeValues: { ':sealed': seal(JSON.stringify({ status, body }), scope.apiKey, purposeOf(scope)) },
    }),
  );

const forget = (scope: IdempotencyScope) => documents.send(new DeleteCommand({ TableName, Key: keyOf(scope) }));

const unlock = (scope: IdempotencyScope) =>
  documents.send(
    new UpdateCommand({
      TableName,
      Key: keyOf(scope),
      UpdateExpression: 'SET lockedUntil = :never',
      ExpressionAttributeValues: { ':never': 0 },
    }),
  );
