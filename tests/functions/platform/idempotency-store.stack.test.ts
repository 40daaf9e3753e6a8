import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { IDEMPOTENCY_SECONDS } from '../../../functions/platform/contract.ts';
import { RequestError } from '../../../functions/platform/errors.ts';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import { startStores } from '../stores.ts';
import { KEY_ID } from './lambda-events.ts';

const stores = await startStores();
afterAll(stores.close);
const { answerOnce } = await import('../../../functions/platform/idempotency-store.ts');
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');

const NOW = new Date('2026-11-22T09:30:00Z');
/** An invocation of a function with a timeout of 15 s that begins so many seconds later. */
const at = (seconds: number) => ({
  now: new Date(NOW.getTime() + seconds * 1000),
  endsAt: new Date(NOW.getTime() + (seconds + 15) * 1000),
});

let scopes = 0;
const newScope = () => {
  scopes += 1;
  return {
    workspaceId: WorkspaceId.parse('acme'),
    keyId: KeyId.parse(KEY_ID),
    routeName: 'createJob',
    idempotencyKey: `attempt-${scopes}`,
    apiKey: 'fettle_dev_secret',
  } as const;
};

/** Work that notes under which ids it was done. */
function maker(fail?: (attempt: number) => Error | undefined) {
  const made: string[] = [];
  const make = async (newId: string) => {
    made.push(newId);
    const failure = fail?.(made.length);
    if (failure) throw failure;
    return { status: 201, body: `{"made":"${newId}"}` };
  };
  return { made, make };
}

describe('answerOnce', () => {
  it('gives a repeat the first answer, and makes nothing', async () => {
    const scope = newScope();
    const { made, make } = maker();
    const first = await answerOnce(scope, { a: 1 }, 'id-1', make, at(0));
    const repeat = await answerOnce(scope, { a: 1 }, 'id-2', make, at(1));
    expect(repeat).toEqual({ ...first, replayed: true });
    expect(made).toEqual(['id-1']);
  });

  it('refuses another request under the same key', async () => {
    const scope = newScope();
    const { make } = maker();
    await answerOnce(scope, { a: 1 }, 'id-1', make, at(0));
    await expect(answerOnce(scope, { a: 2 }, 'id-2', make, at(0))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('makes one thing when the same request comes five times at once', async () => {
    const scope = newScope();
    const { made, make } = maker();
    const othersRefused = Promise.withResolvers<void>();
    const untilOthersAreRefused = async (newId: string) => {
      await othersRefused.promise;
      return make(newId);
    };
    const codes: string[] = [];
    const waits: number[] = [];
    const attempts = [1, 2, 3, 4, 5].map((n) =>
      answerOnce(scope, {}, `id-${n}`, untilOthersAreRefused, at(0)).catch(({ code, retryAfterSeconds }) => {
        codes.push(code);
        waits.push(retryAfterSeconds);
        if (codes.length === 4) othersRefused.resolve();
      }),
    );
    await Promise.all(attempts);
    expect(made).toHaveLength(1);
    expect(codes).toEqual(Array(4).fill('request_in_progress'));
    expect(waits).toEqual(Array(4).fill(16));
  });

  it('does the work of an attempt that died again, under the same id', async () => {
    const scope = newScope();
    const { made, make } = maker();
    const dies = answerOnce(scope, {}, 'id-1', () => new Promise<never>(() => undefined), at(0));
    void dies;
    await new Promise((resolve) => setTimeout(resolve, 100));

    const early = answerOnce(scope, {}, 'id-2', make, at(14));
    await expect(early).rejects.toMatchObject({ code: 'request_in_progress', retryAfterSeconds: 2 });
    await answerOnce(scope, {}, 'id-2', make, at(16));

    expect(made).toEqual(['id-1']);
  });

  it('allows a repeat of a failed attempt at once, under the same id', async () => {
    const scope = newScope();
    const { made, make } = maker((attempt) => (attempt === 1 ? new Error('crash') : undefined));
    await expect(answerOnce(scope, {}, 'id-1', make, at(0))).rejects.toThrow('crash');
    await answerOnce(scope, {}, 'id-2', make, at(1));
    expect(made).toEqual(['id-1', 'id-1']);
  });

  it('forgets a request that was refused, so that it can be mended', async () => {
    const scope = newScope();
    const { make } = maker((attempt) => (attempt === 1 ? new RequestError('invalid_request', 'no') : undefined));
    await expect(answerOnce(scope, { a: 1 }, 'id-1', make, at(0))).rejects.toThrow(RequestError);
    expect(await answerOnce(scope, { a: 2 }, 'id-2', make, at(0))).toMatchObject({ status: 201 });
  });

  it('forgets an answer after its time, though the row is still there', async () => {
    const scope = newScope();
    const { made, make } = maker();
    await answerOnce(scope, {}, 'id-1', make, at(0));
    await answerOnce(scope, {}, 'id-2', make, at(IDEMPOTENCY_SECONDS + 1));
    expect(made).toEqual(['id-1', 'id-2']);
  });

  it.each([
    { keyId: KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1B') },
    { workspaceId: WorkspaceId.parse('other') },
    { routeName: 'createKey' as const },
  ])('takes the same key for another one elsewhere: %j', async (elsewhere) => {
    const scope = newScope();
    const { made, make } = maker();
    await answerOnce(scope, {}, 'id-1', make, at(0));
    await answerOnce({ ...scope, ...elsewhere }, {}, 'id-2', make, at(0));
    expect(made).toEqual(['id-1', 'id-2']);
  });

  it('stores neither the answer nor the keys in clear', async () => {
    const scope = newScope();
    const make = async () => ({ status: 201, body: '{"secret":"fettle_dev_topsecret"}' });
    await answerOnce(scope, {}, 'id-1', make, at(0));
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'access' }));
    const stored = Items.map(
      (item) => JSON.stringify(item) + Buffer.from(item.sealedAnswer ?? '').toString('latin1'),
    ).join();
    expect(stored).not.toMatch(/topsecret|fettle_dev_secret|attempt-/);
  });
});
