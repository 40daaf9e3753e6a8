import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** A parsed credential scope, `ACCESSKEY/20261122/us-east-1/s3/aws4_request`. */
export type CredentialScope = {
  readonly accessKeyId: string;
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
};

/** The parts of a request that a signature covers. */
export type SignableRequest = {
  readonly method: string;
  /** as sent, percent-encoded */
  readonly path: string;
  /** as sent, without the question mark */
  readonly query: string;
  /** by name in lower case */
  readonly headers: ReadonlyMap<string, readonly string[]>;
};

/** A parsed signature, from the `Authorization` header or the query of a presigned URL. */
export type Signature = {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  /** hexadecimal */
  readonly value: string;
  /** yyyymmddThhmmssZ */
  readonly date: string;
  readonly payloadHash: string;
  /** of a presigned URL */
  readonly expiresSeconds?: number;
};

export const ALGORITHM = 'AWS4-HMAC-SHA256';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Reads a credential scope; undefined when it is malformed. */
export function parseScope(credential: string): CredentialScope | undefined {
  const parts = credential.split('/');
  const [service, region, date] = [parts.at(-2), parts.at(-3), parts.at(-4)];
  if (parts.length < 5 || parts.at(-1) !== 'aws4_request' || !service || !region || !/^\d{8}$/.test(date ?? '')) {
    return undefined;
  }
  return { accessKeyId: parts.slice(0, -4).join('/'), date: date ?? '', region, service };
}

/** The signature in the `Authorization` header. `bodyHash` is called when the request has no x-amz-content-sha256. */
export function headerSignature(request: SignableRequest, bodyHash: () => string): Signature | undefined {
  const header = request.headers.get('authorization')?.[0] ?? '';
  if (!header.startsWith(ALGORITHM)) return undefined;
  const parts = new Map(
    header
      .slice(ALGORITHM.length)
      .split(',')
      .map((part) => {
        const equals = part.indexOf('=');
        return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
      }),
  );
  const scope = parseScope(parts.get('Credential') ?? '');
  const value = parts.get('Signature');
  const signedHeaders = parts.get('SignedHeaders')?.split(';');
  const date = request.headers.get('x-amz-date')?.[0];
  if (!scope || !value || !signedHeaders || !date) return undefined;
  return {
    scope,
    signedHeaders,
    value,
    date,
    payloadHash: request.headers.get('x-amz-content-sha256')?.[0] ?? bodyHash(),
  };
}

/** The signature in the query of a presigned URL. */
export function querySignature(request: SignableRequest): Signature | undefined {
  const query = new Map(queryPairs(request.query));
  const scope = parseScope(query.get('X-Amz-Credential') ?? '');
  const value = query.get('X-Amz-Signature');
  const signedHeaders = query.get('X-Amz-SignedHeaders')?.split(';');
  const date = query.get('X-Amz-Date');
  const expires = query.get('X-Amz-Expires') ?? '';
  if (
    query.get('X-Amz-Algorithm') !== ALGORITHM ||
    !scope ||
    !value ||
    !signedHeaders ||
    !date ||
    !/^\d+$/.test(expires)
  ) {
    return undefined;
  }
  const payloadHash = query.get('X-Amz-Content-Sha256') ?? request.headers.get('x-amz-content-sha256')?.[0];
  return {
    scope,
    signedHeaders,
    value,
    date,
    payloadHash: payloadHash ?? UNSIGNED_PAYLOAD,
    expiresSeconds: Number(expires),
  };
}

/** Whether the signature is the secret's for this request (AWS Signature Version 4). */
export function isSignedBy(secretAccessKey: string, signature: Signature, request: SignableRequest): boolean {
  const { scope, signedHeaders, date, payloadHash } = signature;
  const canonicalRequest = [
    request.method,
    canonicalPath(request.path, scope.service),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers.get(name))}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  return signs(
    secretAccessKey,
    scope,
    [ALGORITHM, date, scopeText, sha256(canonicalRequest)].join('\n'),
    signature.value,
  );
}

/** Whether `value` is the secret's signature, within the scope, of a text. */
export function signs(secretAccessKey: string, scope: CredentialScope, text: string, value: string): boolean {
  const expected = hmac(signingKey(secretAccessKey, scope), text);
  const given = Buffer.from(value, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Epoch milliseconds of `20261122T101500Z`; NaN when it is something else. */
export function signingTimeMs(date: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Decoded name and value of each query parameter, in the order sent; a plus sign is not decoded. */
export function queryPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

/** Percent-decodes; a malformed encoding is returned unchanged. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 3986 percent-encoding, as in signatures. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** S3 signs the path as sent; every other service normalizes it and encodes each segment once more. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: string): string {
  // A tab sorts before every character of an encoded name, so that `a` comes before `a-b`.
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}\t${encode(value)}`)
    .sort()
    .map((pair) => pair.replace('\t', '='))
    .join('&');
}

function canonicalHeader(values: readonly string[] = []): string {
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}

/** Cache of signing keys by secret and scope, which is one day, region and service. */
const signingKeys = new Map<string, KeyObject>();
/** More than roles x services x two days. */
const MAX_SIGNING_KEYS = 1000;

function signingKey(secret: string, { date, region, service }: CredentialScope): KeyObject {
  const name = [secret, date, region, service].join('\n');
  const known = signingKeys.get(name);
  if (known) return known;
  const key = createSecretKey([region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, date)));
  if (signingKeys.size >= MAX_SIGNING_KEYS) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function hmac(key: string | Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
