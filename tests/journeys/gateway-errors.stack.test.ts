import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from '../../functions/platform/names/response-headers.ts';
import { type Client, call } from './client.ts';
import { freshDataDir, type RunningFettle, startFettle, until } from './running-stack.ts';

let fettle: RunningFettle;
let admin: Client;
const dataDir = freshDataDir();

beforeAll(async () => {
  fettle = await startFettle({}, dataDir);
  admin = await fettle.client('acme', 'admin');
});
afterAll(() => fettle?.stop());

describe('security headers', () => {
  it.each([
    ['of a function', () => call(admin, 'GET /jobs'), 200],
    ['of a refusal by a function', () => call(admin, 'GET /jobs/unknown'), 404],
    ['of the gateway to a request without a key', () => call({ url: admin.url }, 'GET /jobs'), 401],
    ['of the gateway to no key at all', () => call({ url: admin.url, key: 'x' }, 'GET /jobs'), 401],
    ['of the gateway to an unknown path', () => call(admin, 'GET /nowhere'), 404],
  ])('are in the answer %s', async (_whose, ask, status) => {
    const answer = await ask();
    const sent = Object.keys(SECURITY_HEADERS).map((name) => [name, answer.headers.get(name)]);
    expect([answer.status, Object.fromEntries(sent)]).toEqual([status, SECURITY_HEADERS]);
  });
});

describe('a key where it does not belong', () => {
  it.each([
    ['a path', (key: string) => `GET /jobs/${key}`],
    ['the path of a key', (key: string) => `DELETE /admin/keys/${key}`],
    ['the path of a picture', (key: string) => `GET /jobs/${key}/photos/${key}/display`],
    ['an unknown path', (key: string) => `GET /${key}`],
    ['a query', (key: string) => `GET /jobs?key=${key}`],
    ['a cursor', (key: string) => `GET /jobs?cursor=${key}`],
  ])('is in no log after a request with it in %s', async (_where, operation) => {
    const { key = '' } = await fettle.client('careless', 'admin');
    const { headers, status } = await call({ url: admin.url, key }, operation(key));
    const requestId = headers.get('X-Request-Id') ?? '';
    expect([400, 404]).toContain(status);
    const logs = () =>
      globSync(join(dataDir, 'logs', '**', '*'), { withFileTypes: true }).filter((entry) => entry.isFile());
    const logged = () =>
      logs()
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
        .join('\n');
    await until('the request is logged', () => logged().includes(requestId));
    expect(logged()).not.toContain(key);
  });
});
