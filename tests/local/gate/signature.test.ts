import { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encode,
  headerSignature,
  isSignedBy,
  querySignature,
  type SignableRequest,
  sha256,
} from '../../../local/gate/signature.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const text = fc.string({
  unit: fc.constantFrom('a', 'B', '9', ' ', '+', '/', '%', '~', "'", '(', '=', '&', 'ü', '😀', '-', '.'),
  maxLength: 8,
});
const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '_'), minLength: 1, maxLength: 4 });
const requests = fc.record({
  segments: fc.array(
    text.filter((one) => one !== '' && !/^\.+$/.test(one)),
    { maxLength: 3 },
  ),
  query: fc.dictionary(name, text),
  body: text,
});

/** The SDK's own signer stands for every client. */
const signer = (service: string) =>
  new SignatureV4({
    credentials: { accessKeyId: 'AKID', secretAccessKey: SECRET },
    region: 'us-east-1',
    service,
    sha256: new S3Client({ region: 'us-east-1' }).config.sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });

function toSign({ segments, query, body }: { segments: string[]; query: Record<string, string>; body: string }) {
  const path = `/${segments.map((one) => one.split('/').map(encode).join('/')).join('/')}`.replace(/\/+/g, '/');
  const headers = { host: 'localhost:4000', 'content-type': ' text/plain;  x ' };
  return { method: 'PUT', protocol: 'http:', hostname: 'localhost', path, query, headers, body };
}

type Sent = {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
};

/** The request as it would come over the wire. */
function received({ method, path, query = {}, headers }: Sent): SignableRequest {
  const pairs = Object.entries(query).map(([key, value]) => `${encode(key)}=${encode(String(value))}`);
  return {
    method,
    path,
    query: pairs.reverse().join('&'),
    headers: new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [value]])),
  };
}

describe('isSignedBy', () => {
  it.each(['s3', 'dynamodb'])('accepts what the SDK signs for %s', async (service) => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const signed = received((await signer(service).sign(toSign(request))) as Sent);
        const signature = headerSignature(signed, () => sha256(request.body));
        expect(signature && isSignedBy(SECRET, signature, signed)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('accepts what the SDK presigns', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const unsigned = {
          ...toSign(request),
          headers: { host: 'localhost:4000', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        };
        const signed = received((await signer('s3').presign(unsigned, { expiresIn: 60 })) as Sent);
        const signature = querySignature(signed);
        expect(signature && isSignedBy(SECRET, signature, signed)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, (request: SignableRequest) => SignableRequest]>([
    ['method', (request) => ({ ...request, method: 'GET' })],
    ['path', (request) => ({ ...request, path: `${request.path}x` })],
    ['query', (request) => ({ ...request, query: `${request.query}&more=1` })],
    ['signed header', (request) => ({ ...request, headers: new Map([...request.headers, ['host', ['other']]]) })],
  ])('refuses another %s', async (_part, change) => {
    const signed = received(
      (await signer('s3').sign(toSign({ segments: ['a'], query: { b: 'c' }, body: '' }))) as Sent,
    );
    const signature = headerSignature(signed, () => sha256(''));
    expect(signature && isSignedBy(SECRET, signature, change(signed))).toBe(false);
  });

  it('refuses another payload', async () => {
    const signed = received((await signer('dynamodb').sign(toSign({ segments: [], query: {}, body: 'one' }))) as Sent);
    const signature = headerSignature(signed, () => sha256('two'));
    expect(signature && isSignedBy(SECRET, signature, signed)).toBe(false);
  });
});

describe('headerSignature', () => {
  it.each([
    '',
    'Bearer x',
    'AWS4-HMAC-SHA256 Credential=A/20260101/r/s3/aws4_request',
    'AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=00',
  ])('reads nothing into %j', (authorization) => {
    const headers = new Map([
      ['authorization', [authorization]],
      ['x-amz-date', ['20260101T000000Z']],
    ]);
    expect(headerSignature({ method: 'GET', path: '/', query: '', headers }, () => '')).toBeUndefined();
  });
});
