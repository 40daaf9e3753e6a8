import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchJson } from '../../../functions/comp-providers/json-client.ts';
import { HOSTILE, json, startVendorServer, type VendorServer } from './vendor-server.ts';

let server: VendorServer;
let other: VendorServer;
beforeAll(async () => {
  server = await startVendorServer((_request, response) => json(response, 200, { ok: true }));
  other = await startVendorServer((_request, response) => json(response, 200, { stolen: true }));
});
afterAll(() => Promise.all([server.close(), other.close()]));

/** Long enough for a busy machine, unless time is what is tried. */
const ask = (waitMilliseconds = 20_000, url = server.url) =>
  fetchJson(new URL(url), { headers: { authorization: 'Bearer secret' } }, waitMilliseconds);

describe('fetchJson', () => {
  it('returns JSON', async () => {
    server.answer();
    expect(await ask()).toEqual({ status: 'received', body: { ok: true } });
    expect(server.requests[0]?.headers).toMatchObject({ accept: 'application/json', connection: 'close' });
  });

  it.each(Object.entries(HOSTILE))(
    'ends with a failure, in time and without an error: %s',
    async (_what, [failure, respond]) => {
      server.answer(respond);
      expect(await ask(failure === 'timed_out' ? 500 : undefined)).toMatchObject({ status: 'failed', failure });
    },
  );

  it('follows no redirect, so that no other host is given the key', async () => {
    server.answer((_request, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    expect(await ask()).toEqual({ status: 'failed', failure: 'unreadable' });
    expect(other.requests).toEqual([]);
  });

  it('stops reading at its limit, also of what is packed small', async () => {
    const packed = gzipSync(JSON.stringify('x'.repeat(50_000_000)));
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed);
    });
    expect(await ask()).toEqual({ status: 'failed', failure: 'unreadable' });
  });

  it.each([
    ['in seconds', () => '17', 17],
    ['as a date', () => new Date(Date.now() + 90_000).toUTCString(), 90],
    ['in the past', () => new Date(0).toUTCString(), 0],
    ['that cannot be read', () => 'soon', undefined],
  ])('reports how long to wait: %s', async (_what, textNow, seconds) => {
    const text = textNow();
    server.answer((_request, response) => json(response, 429, {}, { 'retry-after': text }));
    const answer = await ask();
    expect(answer).toMatchObject({ status: 'failed', failure: 'rate_limited' });
    const { retryAfterSeconds } = answer as { readonly retryAfterSeconds?: number };
    if (seconds === undefined) expect(retryAfterSeconds).toBeUndefined();
    else expect(Math.abs((retryAfterSeconds ?? Number.NaN) - seconds)).toBeLessThanOrEqual(2);
  });

  it('cannot reach a port where nobody listens', async () => {
    expect(await ask(undefined, 'http://127.0.0.1:9')).toEqual({ status: 'failed', failure: 'unreachable' });
  });
});
