import { afterAll, describe, expect, it } from 'vitest';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import { LIMITS } from '../../../functions/platform/names/limits.ts';
import { isActive, MAX_ACTIVE_KEYS } from '../../../functions/workspaces/api-key.ts';
import { issueKey } from '../../../functions/workspaces/key-issuer-store.ts';
import { keysOfWorkspace, markRevoked } from '../../../functions/workspaces/key-store.ts';
import { type Client, call } from '../../journeys/client.ts';
import { startFettle } from '../../journeys/running-stack.ts';

const fettle = await startFettle();
afterAll(fettle.stop);

const create = async (client: Client, role: string, headers = {}) =>
  (await call(client, 'POST /admin/keys', { body: { role }, headers })) as {
    status: number;
    headers: Headers;
    body: { keyId: string; secret: string; code?: string };
  };

/** What a secret may do, as status codes. */
const tries = async (url: string, key: string) => {
  const client = { url, key };
  const [read, write, admin] = [
    await call(client, 'GET /jobs'),
    await call(client, 'POST /jobs', { body: {} }),
    await call(client, 'GET /admin/keys'),
  ];
  return [read.status, write.status, admin.status];
};

/** Beyond what the authorizer's answers are kept. */
const outliveCache = () => fettle.clock.advance(LIMITS.authorizerCacheSeconds * 1000 + 1);

describe('keys-api', () => {
  it.each([
    ['viewer', [200, 403, 403]],
    ['member', [200, 400, 403]],
    ['admin', [200, 400, 200]],
  ])('makes keys that may do what a %s may', async (role, statuses) => {
    const admin = await fettle.client('roles', 'admin');
    const { body } = await create(admin, role);
    expect(await tries(admin.url, body.secret)).toEqual(statuses);
  });

  it('refuses requests without a key', async () => {
    const { url } = await fettle.client('nobody', 'viewer');
    expect(await call({ url }, 'GET /jobs')).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  });

  it('lists keys without secrets', async () => {
    const admin = await fettle.client('lister', 'admin');
    const { body } = await create(admin, 'viewer');
    const list = await call(admin, 'GET /admin/keys');
    expect(JSON.stringify(list.body)).toContain(body.keyId);
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
  });

  it('refuses a revoked key once the authorizer forgets it', async () => {
    const admin = await fettle.client('revoker', 'admin');
    const { body } = await create(admin, 'viewer');
    await call({ url: admin.url, key: body.secret }, 'GET /jobs');
    await call(admin, `DELETE /admin/keys/${body.keyId}`);
    outliveCache();
    expect(await tries(admin.url, body.secret)).toEqual([401, 401, 401]);
  });

  it('refuses a key that is revoked, though the gateway still knows it', async () => {
    const client = await fettle.client('half-revoked', 'admin');
    await markRevoked(
      fettle.accessTable,
      { workspaceId: WorkspaceId.parse('half-revoked'), keyId: KeyId.parse(client.keyId) },
      new Date(),
    );
    expect(await call(client, 'GET /jobs')).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  });

  it('revokes a revoked key again without complaint', async () => {
    const admin = await fettle.client('twice', 'admin');
    const { body } = await create(admin, 'viewer');
    const first = await call(admin, `DELETE /admin/keys/${body.keyId}`);
    expect(await call(admin, `DELETE /admin/keys/${body.keyId}`)).toMatchObject({ status: 200, body: first.body });
  });

  it('keeps the last admin key', async () => {
    const admin = await fettle.client('last', 'admin');
    expect(await call(admin, `DELETE /admin/keys/${admin.keyId}`)).toMatchObject({
      status: 409,
      body: { code: 'last_admin_key' },
    });
  });

  it('allows an admin to revoke the own key when there is another', async () => {
    const admin = await fettle.client('own', 'admin');
    await create(admin, 'admin');
    expect(await call(admin, `DELETE /admin/keys/${admin.keyId}`)).toMatchObject({ status: 200 });
  });

  it("answers another workspace's key with 404", async () => {
    const [admin, stranger] = [await fettle.client('mine', 'admin'), await fettle.client('theirs', 'admin')];
    expect(await call(stranger, `DELETE /admin/keys/${admin.keyId}`)).toMatchObject({ status: 404 });
  });

  it("refuses another workspace's cursor", async () => {
    const [admin, stranger] = [await fettle.client('cursor-1', 'admin'), await fettle.client('cursor-2', 'admin')];
    await create(admin, 'viewer');
    const { body } = await call(admin, 'GET /admin/keys?limit=1');
    const { nextCursor } = body as { nextCursor: string };
    expect(await call(stranger, `GET /admin/keys?cursor=${nextCursor}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
  });

  it('gives a repeat the same secret, and makes one key', async () => {
    const admin = await fettle.client('repeat', 'admin');
    const headers = { 'Idempotency-Key': 'once' };
    const [first, repeat] = [await create(admin, 'viewer', headers), await create(admin, 'viewer', headers)];
    const { body } = await call(admin, 'GET /admin/keys');
    expect(repeat.body).toEqual(first.body);
    expect((body as { keys: unknown[] }).keys).toHaveLength(2);
  });

  it('refuses another request under the same Idempotency-Key', async () => {
    const admin = await fettle.client('reuse', 'admin');
    const headers = { 'Idempotency-Key': 'once' };
    await create(admin, 'viewer', headers);
    expect(await create(admin, 'admin', headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });
});

describe('issueKey', () => {
  const workspaceId = WorkspaceId.parse('table');

  it('revokes what an attempt made whose secret was lost, and makes another key', async () => {
    const requestedId = KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A');
    const lost = await issueKey(fettle.accessTable, { workspaceId, role: 'member' }, new Date(), requestedId);
    const repeat = await issueKey(fettle.accessTable, { workspaceId, role: 'member' }, new Date(), requestedId);
    const keys = await keysOfWorkspace(fettle.accessTable, workspaceId, new Date());
    expect(keys.filter(isActive).map(({ keyId }) => keyId)).toEqual([repeat.key.keyId]);
    expect(lost.key.keyId).toBe(requestedId);
  });

  it('makes no more keys than a workspace may have', async () => {
    const crowd = WorkspaceId.parse('crowd');
    for (let made = 0; made < MAX_ACTIVE_KEYS; made += 1) {
      await issueKey(fettle.accessTable, { workspaceId: crowd, role: 'viewer' }, new Date());
    }
    await expect(
      issueKey(fettle.accessTable, { workspaceId: crowd, role: 'viewer' }, new Date()),
    ).rejects.toMatchObject({
      code: 'too_many_keys',
    });
  });
});
