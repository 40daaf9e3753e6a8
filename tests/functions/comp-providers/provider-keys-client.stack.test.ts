import { afterAll, describe, expect, it } from 'vitest';
import { SEARCHAPI_KEY } from './searchapi-server.ts';
import { startSecret } from './secret-server.ts';

const secret = await startSecret();
afterAll(secret.close);
const { providerKeys } = await import('../../../functions/comp-providers/provider-keys-client.ts');

/** Two minutes further each time, when what was read before is read anew. */
let minutes = 0;
const nextRead = () => {
  minutes += 2;
  return providerKeys(new Date(minutes * 60_000));
};

const SEARCHAPI = { apiKey: SEARCHAPI_KEY, callsPerDay: 100 };

describe('providerKeys', () => {
  it('are none before the operator has put some', async () => {
    secret.put(undefined);
    expect(await nextRead()).toEqual({});
  });

  it('have the own address of a provider, unless they name another', async () => {
    secret.put(JSON.stringify({ searchapi: SEARCHAPI, ofALaterRelease: { token: 'x' } }));
    expect(await nextRead()).toEqual({ searchapi: { ...SEARCHAPI, url: 'https://www.searchapi.io' } });
    secret.put(JSON.stringify({ searchapi: { ...SEARCHAPI, url: 'https://proxy.example' } }));
    expect(await nextRead()).toMatchObject({ searchapi: { url: 'https://proxy.example' } });
  });

  it.each([
    ['no JSON', `{"apiKey":"${SEARCHAPI_KEY}"`],
    ['no key', JSON.stringify({ searchapi: { callsPerDay: 5 } })],
    ['a key with a line break', JSON.stringify({ searchapi: { ...SEARCHAPI, apiKey: `${SEARCHAPI_KEY}\nX-Evil: 1` } })],
    ['an address that is not encrypted', JSON.stringify({ searchapi: { ...SEARCHAPI, url: 'http://proxy.example' } })],
    ['no calls', JSON.stringify({ searchapi: { ...SEARCHAPI, callsPerDay: 0 } })],
  ])('cannot be read of %s', async (_what, text) => {
    secret.put(text);
    expect(await nextRead()).toBeUndefined();
  });

  it('are read once a minute, and again at once after a failure', async () => {
    secret.put(JSON.stringify({ searchapi: SEARCHAPI }));
    const now = new Date((minutes + 2) * 60_000);
    await providerKeys(now);
    const reads = secret.requests.length;
    await providerKeys(new Date(now.getTime() + 59_000));
    expect(secret.requests).toHaveLength(reads);
    secret.answer((_request, response) => {
      response.writeHead(500).end();
    });
    expect(await providerKeys(new Date(now.getTime() + 61_000))).toBeUndefined();
    secret.answer();
    expect(await providerKeys(new Date(now.getTime() + 61_500))).toMatchObject({ searchapi: SEARCHAPI });
  });
});
