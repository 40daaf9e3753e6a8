import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSecretEmulator } from '../../../local/emulators/secrets.ts';
import { fixtureTemplate } from '../fixture-template.ts';
import { type GatedStack, OTHER_SECRET, SECRET, startGatedStack } from '../gate/gated-stack.ts';

let stack: GatedStack;
beforeAll(async () => {
  stack = await startGatedStack();
});
afterAll(() => stack.stop());

const get = (role: string | undefined, SecretId: string) =>
  stack.secrets(role).send(new GetSecretValueCommand({ SecretId }));
const put = (role: string | undefined, SecretId: string, SecretString: string) =>
  stack.secrets(role).send(new PutSecretValueCommand({ SecretId, SecretString }));

describe('startSecretEmulator', () => {
  it('has no value before somebody puts one, and says so as AWS does', async () => {
    await expect(get('Writer', SECRET)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('AWSCURRENT'),
    });
    await expect(stack.secrets().send(new DescribeSecretCommand({ SecretId: SECRET }))).resolves.toMatchObject({
      Name: 'keys',
    });
  });

  it('gives the value to the role that may read it, and the latest one', async () => {
    await put(undefined, SECRET, 'first');
    const { VersionId } = await put(undefined, SECRET, '{"key":"zwölf"}');
    const { SecretString, Name, ARN, ...current } = await get('Writer', SECRET);
    expect({ SecretString, Name, ARN }).toEqual({ SecretString: '{"key":"zwölf"}', Name: 'keys', ARN: SECRET });
    expect(current).toMatchObject({ VersionId, VersionStages: ['AWSCURRENT'], CreatedDate: expect.any(Date) });
  });

  it('refuses a role another secret, any writing, and every secret where it may read none', async () => {
    const denied = { name: 'AccessDeniedException' };
    await expect(get('Writer', OTHER_SECRET)).rejects.toMatchObject(denied);
    await expect(put('Writer', SECRET, 'mine')).rejects.toMatchObject(denied);
    await expect(get('Tenant', SECRET)).rejects.toMatchObject(denied);
  });

  it('knows no secret that the template has not, and refuses what it cannot do', async () => {
    await expect(get(undefined, `${SECRET}x`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(put(undefined, SECRET, 'x'.repeat(65_537))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(get(undefined, 'keys')).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(stack.secrets().send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('keeps values over a restart, in a file for its owner alone', async () => {
    await put(undefined, SECRET, 'kept');
    const file = join(stack.dataDir, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = startSecretEmulator(
      fixtureTemplate({ Keys: { type: 'AWS::SecretsManager::Secret', physicalId: SECRET } }),
      stack.dataDir,
    );
    const answer = await again({
      method: 'POST',
      path: '/',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ SecretId: SECRET }),
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ SecretString: 'kept' });
    expect(readFileSync(file, 'utf8')).toContain('kept');
  });
});
