import { randomBytes } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import type { Role } from '../../../functions/platform/names/roles.ts';
import { isActive, MAX_ACTIVE_KEYS } from '../../../functions/workspaces/api-key.ts';
import { hashOfSecret } from '../../../functions/workspaces/key-secret.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { addActive, addAdmin } = await import('../../../functions/workspaces/active-keys-store.ts');
const { issueKey, revokeKey, revokeOwnKey } = await import('../../../functions/workspaces/key-issuer-store.ts');
const { keysOfWorkspace } = await import('../../../functions/workspaces/key-store.ts');

const table = { documents, accessTable: 'access', environmentName: 'dev' };
const NOW = new Date();
let workspaces = 0;
const newWorkspace = () => WorkspaceId.parse(`workspace-${++workspaces}`);
const issue = (workspaceId: WorkspaceId, role: Role) => issueKey(table, { workspaceId, role }, NOW);
const activeIn = async (workspaceId: WorkspaceId) => (await keysOfWorkspace(table, workspaceId, NOW)).filter(isActive);

/** The codes of what was refused; undefined for what was not. */
const codesOf = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'rejected' ? (result.reason.code ?? String(result.reason)) : undefined));

const newKeyId = (ms = NOW.getTime()) => KeyId.parse(ulid(ms));

/** A key of an earlier release: no row counts it. */
async function oldKey(workspaceId: WorkspaceId, role: Role) {
  const keyId = newKeyId();
  const pk = `KEY#${hashOfSecret(`fettle_dev_${randomBytes(32).toString('base64url')}`)}`;
  const row = { pk, sk: 'KEY', keyId, workspaceId, role, gatewayKeyId: 'g', createdAt: NOW.toISOString() };
  await documents.send(new PutCommand({ TableName: 'access', Item: row }));
  return { workspaceId, keyId };
}

describe('issueKey', () => {
  it('exceeds the limit by none when thirty requests come at once', async () => {
    const workspaceId = newWorkspace();
    for (let made = 0; made < MAX_ACTIVE_KEYS - 10; made += 1)
      await addActive(table, { workspaceId, keyId: newKeyId() }, NOW);
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => issue(workspaceId, 'viewer')));
    expect(codesOf(results).filter((code) => code === undefined)).toHaveLength(10);
    expect(new Set(codesOf(results))).toEqual(new Set([undefined, 'too_many_keys']));
    expect(await activeIn(workspaceId)).toHaveLength(10);
  });

  it('counts one key for a revoked one', async () => {
    const workspaceId = newWorkspace();
    const [first] = await Promise.all([issue(workspaceId, 'viewer')]);
    for (let made = 1; made < MAX_ACTIVE_KEYS; made += 1)
      await addActive(table, { workspaceId, keyId: newKeyId() }, NOW);
    await expect(issue(workspaceId, 'viewer')).rejects.toMatchObject({ code: 'too_many_keys' });
    await revokeKey(table, first.key, NOW);
    await revokeKey(table, first.key, NOW);
    await issue(workspaceId, 'viewer');
    await expect(issue(workspaceId, 'viewer')).rejects.toMatchObject({ code: 'too_many_keys' });
  });

  it('counts the keys of earlier releases', async () => {
    const workspaceId = newWorkspace();
    await Promise.all(Array.from({ length: MAX_ACTIVE_KEYS - 1 }, () => oldKey(workspaceId, 'viewer')));
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => issue(workspaceId, 'viewer')));
    expect(codesOf(results).filter((code) => code === undefined)).toHaveLength(1);
  });

  it('forgets keys that were counted and never stored, once their creation must have ended', async () => {
    const workspaceId = newWorkspace();
    const long = NOW.getTime() - 120_000;
    for (let made = 0; made < MAX_ACTIVE_KEYS; made += 1) {
      await addActive(table, { workspaceId, keyId: newKeyId(long) }, NOW);
    }
    await issue(workspaceId, 'viewer');
    expect(await activeIn(workspaceId)).toHaveLength(1);
  });
});

describe('revokeOwnKey', () => {
  it('leaves an admin when two revoke each other at once, however often', async () => {
    for (let round = 0; round < 20; round += 1) {
      const workspaceId = newWorkspace();
      const [one, other] = [await issue(workspaceId, 'admin'), await issue(workspaceId, 'admin')];
      const results = await Promise.allSettled([
        revokeOwnKey(table, other.key, NOW),
        revokeOwnKey(table, one.key, NOW),
      ]);
      expect(codesOf(results).toSorted()).toEqual(['last_admin_key', undefined]);
      expect(await activeIn(workspaceId)).toHaveLength(1);
    }
  });

  it('leaves one of ten admins when each revokes all others at once', async () => {
    const workspaceId = newWorkspace();
    const admins = await Promise.all(Array.from({ length: 10 }, () => issue(workspaceId, 'admin')));
    await Promise.allSettled(
      admins.flatMap((_, self) =>
        admins.filter((__, other) => other !== self).map(({ key }) => revokeOwnKey(table, key, NOW)),
      ),
    );
    expect(await activeIn(workspaceId)).toHaveLength(1);
  });

  it('leaves an admin of an earlier release', async () => {
    const workspaceId = newWorkspace();
    const admins = [await oldKey(workspaceId, 'admin'), await oldKey(workspaceId, 'admin')];
    const results = await Promise.allSettled(admins.map((ref) => revokeOwnKey(table, ref, NOW)));
    expect(codesOf(results).toSorted()).toEqual(['last_admin_key', undefined]);
  });

  it('never counts a key that was revoked before it was counted as an admin key', async () => {
    const workspaceId = newWorkspace();
    const [last, revoked] = [await issue(workspaceId, 'admin'), await issue(workspaceId, 'viewer')];
    await revokeOwnKey(table, revoked.key, NOW);
    expect(await addAdmin(table, revoked.key, NOW)).toBe(false);
    await expect(revokeOwnKey(table, last.key, NOW)).rejects.toMatchObject({ code: 'last_admin_key' });
  });

  it('revokes a key at once after its creation, without the index', async () => {
    const workspaceId = newWorkspace();
    await issue(workspaceId, 'admin');
    const { key } = await issue(workspaceId, 'member');
    expect(await revokeOwnKey(table, key, NOW)).toMatchObject({ keyId: key.keyId, revokedAt: NOW.toISOString() });
  });

  it("answers another workspace's key, and one that nobody has, with not_found", async () => {
    const [mine, theirs] = [newWorkspace(), newWorkspace()];
    const [, { key }] = [await issue(mine, 'admin'), await issue(theirs, 'admin')];
    for (const keyId of [key.keyId, newKeyId()]) {
      await expect(revokeOwnKey(table, { workspaceId: mine, keyId }, NOW)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await activeIn(theirs)).toHaveLength(1);
  });
});
