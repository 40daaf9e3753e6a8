import { connect, type Socket } from 'node:net';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lambda, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run } from './fixtures/running.ts';

/** Requests to each port; a fixed seed, so that a failure is found again. */
const RUNS = { numRuns: 700, seed: 20261129, endOnFailure: true };
/** Longer than any answer takes on a busy machine. */
const HANGS_AFTER_MS = 10_000;

const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
const before = listening();

let running: Running;
let s3: S3Client;
let requests: readonly string[];

beforeAll(async () => {
  const assembly = writeAssembly({
    ...lambda('Echo', 'echo.handler'),
    Media: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'media', VersioningConfiguration: { Status: 'Enabled' } },
    },
    Work: { Type: 'AWS::SQS::Queue' },
    Rows: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'rows',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
  });
  running = await run(assembly);
  const { awsUrl: endpoint, region, credentials } = running.stack;
  s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  await s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'photo', Body: 'a photo' }));
  const signed = new URL(await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'media', Key: 'photo' })));
  const host = `Host: ${signed.host}\r\n`;
  const claimed = (service: string) =>
    `Authorization: AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261129/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0\r\n`;
  requests = [
    `GET ${signed.pathname}${signed.search} HTTP/1.1\r\n${host}\r\n`,
    `HEAD /media/photo HTTP/1.1\r\n${host}${claimed('s3')}\r\n`,
    `PUT /media/a%2Fb?partNumber=1 HTTP/1.1\r\n${host}${claimed('s3')}X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\nContent-Length: 3\r\n\r\nabc`,
    `POST /media?delete HTTP/1.1\r\n${host}${claimed('s3')}Content-Length: 17\r\n\r\n<Delete></Delete>`,
    `POST /media HTTP/1.1\r\n${host}Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 62\r\n\r\n--B\r\nContent-Disposition: form-data; name="key"\r\n\r\na\r\n--B--\r\n`,
    `POST / HTTP/1.1\r\n${host}${claimed('sqs')}Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 2\r\n\r\n{}`,
    `POST / HTTP/1.1\r\n${host}${claimed('dynamodb')}X-Amz-Target: DynamoDB_20120810.GetItem\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}${claimed('sns')}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\nAction=Publish`,
    `OPTIONS /media/photo HTTP/1.1\r\n${host}Origin: https://a.test\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
    `GET /_local/alarms HTTP/1.1\r\n${host}\r\n`,
  ];
});
afterAll(() => running.stack.stop());

const TOKENS: readonly (string | Buffer)[] = [
  ...[
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\0',
    ' ',
    ':',
    '%',
    '%00',
    '%2F',
    '%ff',
    '%E0%A4%A',
    '/',
    '//',
    '/../',
    '?',
    '&',
    '=',
    '#',
  ],
  ...['*', '__proto__', 'http://other.test/', 'CONNECT ', 'PRI * HTTP/2.0', 'HTTP/9.9', '<', '"', '--B', '{id}'],
  ...['Content-Length: 5\r\n', 'Content-Length: -1\r\n', 'Content-Length: 99999999999\r\n', 'Expect: sorcery\r\n'],
  ...['Transfer-Encoding: gzip, chunked\r\n', 'Upgrade: websocket\r\nConnection: upgrade\r\n', 'Host: other\r\n'],
  ...['Authorization: Basic eA==\r\n', 'Authorization: AWS4-HMAC-SHA256 Credential=\r\n', 'X-Amz-Date: never\r\n'],
  ...['&X-Amz-Expires=-1', '&X-Amz-Signature=%00', 'X-Amz-Target: \r\n', 'X-Amz-Security-Token: x\r\n'],
  Buffer.from([0xff, 0xfe, 0x80]),
  Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]),
  `X-Long: ${'a'.repeat(20_000)}\r\n`,
  `${'a: b\r\n'.repeat(3000)}`,
  'x'.repeat(9000),
];

/** Part of the request before it. Not `fc.double`, half of whose values are smaller than 1e-150. */
const Place = fc.nat(1000).map((permille) => permille / 1000);

const Mutation = fc.record({
  place: Place,
  removed: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60) }),
  inserted: fc.oneof(fc.constantFrom<string | Buffer>('', ...TOKENS), fc.uint8Array({ maxLength: 4 })),
});
type Mutated = typeof Mutation extends fc.Arbitrary<infer One> ? One : never;

const Sent = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      which: fc.nat(),
      mutations: fc.array(Mutation, { maxLength: 3 }),
    }),
  },
  // No request at all.
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }) },
);

function bytesOf(sent: typeof Sent extends fc.Arbitrary<infer One> ? One : never): Buffer {
  if (sent instanceof Uint8Array) return Buffer.from(sent);
  const request = Buffer.from(requests[sent.which % requests.length] ?? '');
  return sent.mutations.reduce((bytes: Buffer, { place, removed, inserted }: Mutated) => {
    const at = Math.floor(place * bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(inserted), bytes.subarray(at + removed)]);
  }, request);
}

/** The status of the first response; undefined when the connection ends without one. */
function statusOf(port: number, request: Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (bytes) => received.push(bytes));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      const statuses = Buffer.concat(received)
        .toString('latin1')
        .matchAll(/^HTTP\/1\.1 (\d{3})/gm);
      resolve([...statuses].map(([, status]) => Number(status)).find((status) => status !== 100));
    });
    socket.end(request);
  });
}

const portOf = (url: string): number => Number(new URL(url).port);

/** How many requests got each status; none may be one of ours to mend. */
async function statusesOf(port: number): Promise<ReadonlyMap<number | undefined, number>> {
  const seen = new Map<number | undefined, number>();
  await fc.assert(
    fc.asyncProperty(Sent, async (sent) => {
      const status = await statusOf(port, bytesOf(sent));
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect(status === 500 || (status ?? 0) > 501).toBe(false);
    }),
    { ...RUNS, timeout: HANGS_AFTER_MS },
  );
  return seen;
}

describe('the ports of a running stack', () => {
  it('are those of AWS, the control pages and the functions; no emulator has one', () => {
    // Of an API there is one more.
    expect(listening() - before).toBe(3);
  });
});

describe('the port of AWS', () => {
  const port = () => portOf(running.stack.awsUrl);
  const works = async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'media', Key: 'photo' }));
    return Body?.transformToString();
  };

  it('answers garbage and mutated requests, or ends their connections, and serves on', async () => {
    const seen = await statusesOf(port());
    for (const status of [200, 400, 403, 431]) expect(seen.get(status) ?? 0).toBeGreaterThan(5);
    expect(await works()).toBe('a photo');
  });

  it('serves on beside clients that sent half a request and wait', async () => {
    const waiting: Socket[] = [];
    for (const request of [...requests, ...requests, ...requests]) {
      const socket = connect(port(), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(request.slice(0, request.length / 2));
      waiting.push(socket);
    }
    expect(await works()).toBe('a photo');
    for (const socket of waiting) socket.destroy();
    expect(await works()).toBe('a photo');
  });
});

describe('the port of the control pages', () => {
  it('answers garbage and mutated requests, or ends their connections, and serves on', async () => {
    const seen = await statusesOf(portOf(running.stack.controlUrl));
    for (const status of [200, 400, 404, 431]) expect(seen.get(status) ?? 0).toBeGreaterThan(5);
    const page = await fetch(`${running.stack.controlUrl}/_local/alarms`);
    expect([page.status, await page.json()]).toEqual([200, []]);
  });
});
