import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { type Client, call, createJob } from './client.ts';
import { smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let victim: Client;
let attacker: Client;
let jobId: string;

beforeAll(async () => {
  fettle = await startFettle();
  const member = await fettle.client('acme');
  [victim, attacker] = [await fettle.client('acme', 'viewer'), await fettle.client('evil', 'admin')];
  jobId = (await createJob(member, await smallPhotos(1))).jobId;
});
afterAll(() => fettle?.stop());

/** Sends these header lines as they are, and returns status and body. */
async function send(operation: string, lines: readonly string[]): Promise<{ status: number; body: string }> {
  const [method, path] = operation.split(' ');
  const { hostname, port, pathname } = new URL(victim.url);
  const socket = connect(Number(port), hostname);
  const head = [`${method} ${pathname}${path} HTTP/1.1`, `Host: ${hostname}`, 'Connection: close', ...lines, '', ''];
  socket.write(head.join('\r\n'));
  const answer = await text(socket);
  return { status: Number(answer.split(' ')[1]), body: answer.slice(answer.indexOf('\r\n\r\n')) };
}

/** Header lines by which a request could be of two callers. */
const doubled = (first: string, second: string): Record<string, string[]> => ({
  'the header twice': [`X-Api-Key: ${first}`, `X-Api-Key: ${second}`],
  'two spellings': [`X-Api-Key: ${first}`, `x-api-key: ${second}`],
  'two spellings, the other first': [`x-api-key: ${first}`, `X-API-KEY: ${second}`],
  'two values in one header': [`X-Api-Key: ${first}, ${second}`],
  'two values without a space': [`X-Api-Key: ${first},${second}`],
  'three headers': [`X-Api-Key: ${first}`, `x-api-key: ${second}`, `X-api-key: ${first}`],
});
const alone = (key: string): Record<string, string[]> => ({
  'an empty header first': ['X-Api-Key:', `X-Api-Key: ${key}`],
  'an empty header last': [`X-Api-Key: ${key}`, 'x-api-key:'],
  'the same key twice': [`X-Api-Key: ${key}`, `x-api-key: ${key}`],
});

/** Whether each of the two is still the caller that it is. */
async function bothThemselves(): Promise<unknown> {
  const [seen, foreign, forbidden, admin] = [
    await call(victim, `GET /jobs/${jobId}`),
    await call(attacker, `GET /jobs/${jobId}`),
    await call(victim, 'GET /admin/keys'),
    await call(attacker, 'GET /admin/keys'),
  ];
  return [seen.status, foreign.status, forbidden.status, admin.status];
}

describe('a request with more than one key', () => {
  const cases = ['the victim’s key first', 'the attacker’s key first', 'one key'].flatMap((order) =>
    Object.keys(order === 'one key' ? alone('') : doubled('', '')).map((how) => [order, how] as const),
  );

  it.each(cases)('%s, %s: is refused and makes nobody another', async (order, how) => {
    const [one = '', other = ''] = order.startsWith('the victim')
      ? [victim.key, attacker.key]
      : [attacker.key, victim.key];
    const lines = { ...doubled(one, other), ...(order === 'one key' && alone(victim.key ?? '')) }[how] ?? [];
    // With an authorizer that remembers neither, then both.
    for (const before of [() => fettle.clock.advance(LIMITS.authorizerCacheSeconds * 1000 + 1), bothThemselves]) {
      await before();
      for (const operation of [`GET /jobs/${jobId}`, 'GET /admin/keys', `DELETE /jobs/${jobId}`]) {
        const { status, body } = await send(operation, lines);
        expect([400, 401], body).toContain(status);
      }
      expect(await bothThemselves()).toEqual([200, 404, 403, 200]);
    }
  });
});

describe('a request with one key', () => {
  it.each(['X-Api-Key', 'x-api-key', 'X-API-KEY', 'x-ApI-kEy'])('may spell the header %s', async (name) => {
    expect((await send('GET /jobs', [`${name}: ${victim.key}`])).status).toBe(200);
  });

  it('may have blanks around it', async () => {
    expect((await send('GET /jobs', [`X-Api-Key:   ${victim.key}  `])).status).toBe(200);
  });

  it.each([
    ['with a letter more', (key: string) => `${key}x`],
    ['with a letter less', (key: string) => key.slice(0, -1)],
    ['with two letters swapped', (key: string) => key.replace(/(.)(.)$/, (_, a, b) => (a === b ? 'zz' : b + a))],
    ['of another environment', (key: string) => key.replace('fettledev', 'fettleprod')],
    ['in capitals', (key: string) => key.toUpperCase()],
    ['of a former form', () => `fettle_dev_${'A'.repeat(43)}`],
  ])('is refused %s', async (_how, misspell) => {
    expect((await send('GET /jobs', [`X-Api-Key: ${misspell(victim.key ?? '')}`])).status).toBe(401);
  });
});
