import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from './running-gateway.ts';

/** Requests of one run; a fixed seed, so that a failure is found again. */
const RUNS = { numRuns: 1500, seed: 20261129 };
/** Longer than any answer takes on a busy machine. */
const HANGS_AFTER_MS = 10_000;

/** API Gateway's statuses for requests without a fault of ours, and Node's for what is no HTTP. */
const ANSWERED = [200, 204, 400, 401, 403, 413, 417, 429, 431];

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const REQUESTS = [
  'GET /live/open?tag=1&tag=2&q=x+y HTTP/1.1\r\nHost: gateway\r\nAccept: application/json, image/*\r\n\r\n',
  'POST /live/checked HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"count":1}',
  'POST /guarded HTTP/1.1\r\nHost: gateway\r\nX-Api-Key: caller\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'GET /a%20b HTTP/1.1\r\nHost: gateway\r\nCookie: a=b\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n',
  'OPTIONS /open HTTP/1.1\r\nHost: gateway\r\nOrigin: https://a.test\r\nAccess-Control-Request-Method: PUT\r\n\r\n',
  'GET /token HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer abc\r\nExpect: 100-continue\r\n\r\n',
];

const TOKENS: readonly (string | Buffer)[] = [
  ...['\r\n', '\r\n\r\n', '\n', '\r', '\0', ' ', '\t', ':', '%', '%00', '%2F', '%ff', '%E0%A4%A', '/', '//', '/../'],
  ...[
    '?',
    '&&&',
    '=',
    '#',
    '*',
    '__proto__',
    'constructor',
    '{id}',
    'http://other.test/',
    'CONNECT ',
    'PRI * HTTP/2.0',
  ],
  ...['Content-Length: 5\r\n', 'Content-Length: -1\r\n', 'Content-Length: 99999999\r\n', 'Expect: sorcery\r\n'],
  ...['Transfer-Encoding: gzip, chunked\r\n', 'Upgrade: websocket\r\nConnection: upgrade\r\n', 'X-Api-Key: two\r\n'],
  ...['__proto__: 1\r\n', 'constructor: 1\r\n', 'Host: other\r\n', `X-Long: ${'a'.repeat(20_000)}\r\n`, 'é', '[[[['],
  Buffer.from([0xff, 0xfe, 0x80]),
  'x'.repeat(9000),
];

/** Part of the request before it. Not `fc.double`, half of whose values are smaller than 1e-150. */
const Place = fc.nat(1000).map((permille) => permille / 1000);
const Mutation = fc.record({
  place: Place,
  removed: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(30) }),
  inserted: fc.oneof(fc.constantFrom<string | Buffer>('', ...TOKENS), fc.uint8Array({ maxLength: 4 })),
});

function mutated(
  request: Buffer,
  { place, removed, inserted }: typeof Mutation extends fc.Arbitrary<infer One> ? One : never,
) {
  const at = Math.floor(place * request.length);
  return Buffer.concat([request.subarray(0, at), Buffer.from(inserted), request.subarray(at + removed)]);
}

/** The status of the first response; undefined when the connection ends without one. */
function statusOf(request: Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.on('data', (bytes) => received.push(bytes));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      const statuses = Buffer.concat(received)
        .toString('latin1')
        .matchAll(/^HTTP\/1\.1 (\d{3})/gm);
      const final = [...statuses].map(([, status]) => Number(status)).find((status) => status !== 100);
      resolve(final);
    });
    socket.end(request);
  });
}

it('answers every mutated request as API Gateway does, or ends its connection, and serves on', async () => {
  const seen = new Map<number | undefined, number>();
  const Request = fc.record({ request: fc.constantFrom(...REQUESTS), mutations: fc.array(Mutation, { maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(Request, async ({ request, mutations }) => {
      // Fills the throttles' buckets.
      gateway.clock.advance(1000);
      const status = await statusOf(mutations.reduce(mutated, Buffer.from(request)));
      seen.set(status, (seen.get(status) ?? 0) + 1);
      // Node ends the connection of a CONNECT, and of what ends before it begins, without an answer.
      expect([undefined, ...ANSWERED]).toContain(status);
    }),
    { ...RUNS, timeout: HANGS_AFTER_MS, endOnFailure: true },
  );
  expect(seen.get(200) ?? 0).toBeGreaterThan(RUNS.numRuns / 10);
  expect(seen.get(400) ?? 0).toBeGreaterThan(RUNS.numRuns / 10);
  expect(seen.get(undefined) ?? 0).toBeLessThan(RUNS.numRuns / 10);
  gateway.clock.advance(1000);
  expect(await gateway.statuses(1, '/open')).toEqual([200]);
});
