import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import type { ApiKey } from '../../../functions/workspaces/api-key.ts';
import { NOW } from '../jobs/jobs.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { keyOfSecret, keysOfWorkspace, markRevoked, pageOfKeys, storeKey } = await import(
  '../../../functions/workspaces/key-store.ts'
);
const table = { documents, accessTable: 'access' };

let made = 0;

async function newKey(workspaceId: string): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  made += 1;
  const secret = `fettle_dev_${made}`;
  const key: ApiKey = {
    keyId: KeyId.parse(ulid(NOW.getTime() + made)),
    workspaceId: WorkspaceId.parse(workspaceId),
    role: 'member',
    name: 'importer',
    gatewayKeyId: `gateway-${made}`,
    createdAt: NOW.toISOString(),
  };
  await storeKey(table, key, secret);
  return { key, secret };
}

describe('keyOfSecret', () => {
  it('finds the key that was stored', async () => {
    const { key, secret } = await newKey('finder');
    expect(await keyOfSecret(table, secret)).toEqual(key);
  });

  it('finds nothing for an unknown secret', async () => {
    expect(await keyOfSecret(table, 'fettle_dev_nobody')).toBeUndefined();
  });
});

describe('storeKey', () => {
  it('stores no secret', async () => {
    const { secret } = await newKey('secretive');
    const { Items } = await documents.send(new ScanCommand({ TableName: 'access' }));
    expect(JSON.stringify(Items)).not.toContain(`"${secret}"`);
  });
});

describe('pageOfKeys', () => {
  it('gives every key of the workspace once, newest first', async () => {
    await newKey('other');
    const workspaceId = WorkspaceId.parse('pages');
    const keyIds: KeyId[] = [];
    for (let index = 0; index < 5; index += 1) keyIds.unshift((await newKey(workspaceId)).key.keyId);

    const seen: KeyId[] = [];
    let before: KeyId | undefined;
    do {
      const page = await pageOfKeys(table, workspaceId, { limit: 2, before });
      seen.push(...page.entries.map(({ keyId }) => keyId));
      before = page.nextPosition === undefined ? undefined : KeyId.parse(page.nextPosition);
    } while (before);

    expect(seen).toEqual(keyIds);
  });
});

describe('keysOfWorkspace', () => {
  it('gives them all', async () => {
    const { key } = await newKey('small');
    expect(await keysOfWorkspace(table, key.workspaceId)).toEqual([key]);
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

  it("does not touch another workspace's key", async () => {
    const { key, secret } = await newKey('revoker');
    expect(await markRevoked(table, { ...key, workspaceId: WorkspaceId.parse('stranger') }, NOW)).toBeUndefined();
    expect(await keyOfSecret(table, secret)).not.toHaveProperty('revokedAt');
  });
});
