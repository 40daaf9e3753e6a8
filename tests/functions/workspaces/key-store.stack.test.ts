import { randomBytes } from 'node:crypto';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import { type ApiKey, expiryOf, REVOKED_KEY_DAYS } from '../../../functions/workspaces/api-key.ts';
import { hashOfSecret, secretOf } from '../../../functions/workspaces/key-secret.ts';
import { NOW } from '../jobs/jobs.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { keyOfSecret, keysOfWorkspace, markRevoked, pageOfKeys, storeKey } = await import(
  '../../../functions/workspaces/key-store.ts'
);
const table = { documents, accessTable: 'access', environmentName: 'dev' };

let made = 0;

async function newKey(workspaceId: string): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  made += 1;
  const key: ApiKey = {
    keyId: KeyId.parse(ulid(NOW.getTime() + made)),
    workspaceId: WorkspaceId.parse(workspaceId),
    role: 'member',
    name: 'importer',
    createdAt: NOW.toISOString(),
  };
  const secret = secretOf('dev', key.keyId, randomBytes(32));
  await storeKey(table, key, secret);
  return { key, secret };
}

/** A key as earlier releases stored it: under the hash of its secret. */
async function oldKey(workspaceId: string): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const secret = `fettle_dev_${randomBytes(32).toString('base64url')}`;
  const key: ApiKey = {
    keyId: KeyId.parse(ulid(NOW.getTime())),
    workspaceId: WorkspaceId.parse(workspaceId),
    role: 'admin',
    createdAt: NOW.toISOString(),
  };
  const row = { pk: `KEY#${hashOfSecret(secret)}`, sk: 'KEY', rowVersion: 2, ...key, gatewayKeyId: 'abc123' };
  await documents.send(new PutCommand({ TableName: 'access', Item: row }));
  return { key, secret };
}

describe('keyOfSecret', () => {
  it('finds the key that was stored', async () => {
    const { key, secret } = await newKey('finder');
    expect(await keyOfSecret(table, secret)).toEqual(key);
  });

  it('finds nothing for an unknown secret', async () => {
    const stranger = secretOf('dev', KeyId.parse(ulid()), randomBytes(32));
    expect(await keyOfSecret(table, stranger)).toBeUndefined();
  });

  it("finds nothing for a made-up secret with an existing key's id", async () => {
    const { key } = await newKey('victim');
    expect(await keyOfSecret(table, secretOf('dev', key.keyId, randomBytes(32)))).toBeUndefined();
  });

  it('finds a key of an earlier release', async () => {
    const { key, secret } = await oldKey('veteran');
    expect(await keyOfSecret(table, secret)).toEqual(key);
  });

  it('reads no row for a text that is no secret', async () => {
    const unreachable = { ...table, accessTable: 'no such table' };
    const { secret } = await newKey('typist');
    for (const text of ['', 'x', `${secret}x`, `fettle_prod_${'A'.repeat(43)}`, secret.replace(/.$/, '!')]) {
      expect(await keyOfSecret(unreachable, text)).toBeUndefined();
    }
    await expect(keyOfSecret(unreachable, secret)).rejects.toThrow();
  });
});

describe('storeKey', () => {
  it('stores no secret', async () => {
    const { secret } = await newKey('secretive');
    const { Items } = await documents.send(new ScanCommand({ TableName: 'access' }));
    expect(JSON.stringify(Items)).not.toContain(`"${secret}"`);
  });
});

describe('storeKey', () => {
  it('keeps the key that has the id', async () => {
    const { key, secret } = await newKey('first');
    const other = secretOf('dev', key.keyId, randomBytes(32));
    expect(await storeKey(table, { ...key, workspaceId: WorkspaceId.parse('second') }, other)).toBe(false);
    expect(await keyOfSecret(table, secret)).toEqual(key);
  });
});

describe('pageOfKeys', () => {
  it('leaves out revoked keys whose time has passed, though their rows are still there', async () => {
    const workspaceId = WorkspaceId.parse('attic');
    const [kept, { key: revoked }] = [await newKey(workspaceId), await newKey(workspaceId)];
    await markRevoked(table, revoked, NOW);
    const later = new Date(NOW.getTime() + (REVOKED_KEY_DAYS + 1) * 24 * 3600 * 1000);
    expect((await pageOfKeys(table, workspaceId, { limit: 100 }, later)).entries).toEqual([kept.key]);
  });

  it('gives every key of the workspace once, newest first', async () => {
    await newKey('other');
    const workspaceId = WorkspaceId.parse('pages');
    const keyIds: KeyId[] = [];
    for (let index = 0; index < 5; index += 1) keyIds.unshift((await newKey(workspaceId)).key.keyId);

    const seen: KeyId[] = [];
    let before: KeyId | undefined;
    do {
      const page = await pageOfKeys(table, workspaceId, { limit: 2, before }, NOW);
      seen.push(...page.entries.map(({ keyId }) => keyId));
      before = page.nextPosition === undefined ? undefined : KeyId.parse(page.nextPosition);
    } while (before);

    expect(seen).toEqual(keyIds);
  });
});

describe('keysOfWorkspace', () => {
  it('gives them all', async () => {
    const { key } = await newKey('small');
    expect(await keysOfWorkspace(table, key.workspaceId, NOW)).toEqual([key]);
  });
});

describe('markRevoked', () => {
  it('takes effect for the secret', async () => {
    const { key, secret } = await newKey('revoker');
    await markRevoked(table, key, NOW);
    expect(await keyOfSecret(table, secret)).toMatchObject({ revokedAt: NOW.toISOString() });
  });

  it('keeps the moment of the first revocation', async () => {
    const { key } = await newKey('revoker');
    await markRevoked(table, key, NOW);
    expect(await markRevoked(table, key, new Date())).toMatchObject({ revokedAt: NOW.toISOString() });
  });

  it('gives the row an end', async () => {
    const { key } = await newKey('revoker');
    await markRevoked(table, key, NOW);
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'access' }));
    expect(Items.find(({ keyId }) => keyId === key.keyId)).toMatchObject({ expiresAtSeconds: expiryOf(NOW) });
  });

  it('revokes a key of an earlier release', async () => {
    const { key, secret } = await oldKey('veteran-2');
    await markRevoked(table, key, NOW);
    expect(await keyOfSecret(table, secret)).toMatchObject({ revokedAt: NOW.toISOString() });
  });

  it("does not touch another workspace's key", async () => {
    const { key, secret } = await newKey('revoker');
    expect(await markRevoked(table, { ...key, workspaceId: WorkspaceId.parse('stranger') }, NOW)).toBeUndefined();
    expect(await keyOfSecret(table, secret)).not.toHaveProperty('revokedAt');
  });
});
