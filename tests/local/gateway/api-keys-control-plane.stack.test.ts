import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetRestApisCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiKeyStore, openApiKeys } from '../../../local/gateway/api-key-store.ts';
import { createApiKeysControlPlane } from '../../../local/gateway/api-keys-control-plane.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';
import { type RunningGate, startGate } from '../gate/running-gate.ts';

const ARN = 'arn:aws:apigateway:us-east-1::';
const template = fixtureTemplate({
  ...fixtureRole(
    'KeysApi',
    allow('apigateway:POST', [`${ARN}/apikeys`, `${ARN}/usageplans/plan1/keys`]),
    allow('apigateway:DELETE', `${ARN}/apikeys/*`),
  ),
  Plan: { type: 'AWS::ApiGateway::UsagePlan', physicalId: 'plan1', properties: {} },
});

let dataDir: string;
let running: RunningGate;
let keys: ApiKeyStore;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'keys-'));
  keys = openApiKeys(template, dataDir, Date.now);
  running = await startGate(template, { apiGateway: createApiKeysControlPlane(template, keys, Date.now) });
});
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true });
});

const client = (role?: string) => new APIGatewayClient(running.client(role));
const make = (name: string, role?: string) => client(role).send(new CreateApiKeyCommand({ name, enabled: true }));

describe('createApiKeysControlPlane', () => {
  it('makes a key with a value, in a plan, and keeps it on disk', async () => {
    const { id, value, enabled, createdDate } = await make('k1', 'KeysApi');
    await client('KeysApi').send(
      new CreateUsagePlanKeyCommand({ usagePlanId: 'plan1', keyId: id, keyType: 'API_KEY' }),
    );
    expect([value?.length, enabled, createdDate instanceof Date]).toEqual([40, true, true]);
    const reopened = openApiKeys(template, dataDir, Date.now);
    expect([reopened.byValue(value ?? '')?.id, reopened.planKeys('plan1').includes(id ?? '')]).toEqual([id, true]);
  });

  it('takes a value of the caller’s once', async () => {
    const value = 'chosen-by-the-caller-1';
    await client().send(new CreateApiKeyCommand({ value, enabled: true }));
    await expect(client().send(new CreateApiKeyCommand({ value }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await expect(client().send(new CreateApiKeyCommand({ value: 'short' }))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  it('shows a key, its value only when asked', async () => {
    const { id, value } = await make('shown');
    const get = (includeValue: boolean) => client().send(new GetApiKeyCommand({ apiKey: id, includeValue }));
    expect([(await get(false)).value, (await get(true)).value]).toEqual([undefined, value]);
  });

  it('lists keys by name, page by page', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await make(name);
    const first = await client().send(new GetApiKeysCommand({ nameQuery: 'page-', limit: 2 }));
    const rest = await client().send(new GetApiKeysCommand({ nameQuery: 'page-', limit: 2, position: first.position }));
    const names = [...(first.items ?? []), ...(rest.items ?? [])].map(({ name }) => name);
    expect([names.toSorted(), rest.position]).toEqual([['page-1', 'page-2', 'page-3'], undefined]);
  });

  it('disables a key', async () => {
    const { id } = await make('disabled');
    const patchOperations = [{ op: 'replace' as const, path: '/enabled', value: 'false' }];
    await client().send(new UpdateApiKeyCommand({ apiKey: id, patchOperations }));
    expect(keys.get(id ?? '')?.enabled).toBe(false);
  });

  it('takes a key out of its plan, and out of the world', async () => {
    const { id } = await make('gone');
    await client().send(new CreateUsagePlanKeyCommand({ usagePlanId: 'plan1', keyId: id, keyType: 'API_KEY' }));
    await client().send(new DeleteUsagePlanKeyCommand({ usagePlanId: 'plan1', keyId: id }));
    expect(keys.planKeys('plan1')).not.toContain(id);
    await client('KeysApi').send(new DeleteApiKeyCommand({ apiKey: id }));
    await expect(client().send(new GetApiKeyCommand({ apiKey: id }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('lets a role do only what its policy allows', async () => {
    await expect(client('KeysApi').send(new GetApiKeysCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`apigateway:GET on resource: ${ARN}/apikeys because`),
    });
    const other = new CreateUsagePlanKeyCommand({ usagePlanId: 'plan2', keyId: 'k', keyType: 'API_KEY' });
    await expect(client('KeysApi').send(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('names an operation that it does not know', async () => {
    await expect(client().send(new GetRestApisCommand({}))).rejects.toThrow(
      'GET /restapis of API Gateway’s control plane',
    );
  });
});
