import type { CredentialStore, Holder } from './credential-store.ts';
import type { Refusal, ServiceName } from './refusal.ts';
import {
  headerSignature,
  isSignedBy,
  querySignature,
  type SignableRequest,
  type Signature,
  sha256,
  signingTimeMs,
} from './signature.ts';

/** The sender of a request with a verified signature. */
export type Caller = {
  readonly holder: Holder;
  readonly service: ServiceName;
  readonly by: 'header' | 'query';
};

export type Authentication =
  | Verification
  /** the signature covers the hash of the body, which the request does not state */
  | { readonly status: 'needs-body' };

export type Verification =
  /** `payloadHash` as the client stated it; to be compared with the body by `wrongPayload` */
  | { readonly status: 'known'; readonly caller: Caller; readonly payloadHash: string }
  | { readonly status: 'refused'; readonly service: ServiceName; readonly refusal: Refusal };

/**
 * Two clocks: signers use the machine's (`wallMs`); presigned URLs expire by the stack's, which tests can move.
 */
export type Times = { readonly wallMs: number; readonly stackMs: number };

/** AWS's limit on clock skew. */
const SKEW_MS = 15 * 60_000;
const WEEK_SECONDS = 7 * 24 * 3600;
const SERVICES: readonly string[] = ['s3', 'sqs', 'sns', 'dynamodb', 'secretsmanager'] satisfies readonly ServiceName[];

/**
 * Verifies a request's signature, in the Authorization header or, for S3, in the query of a presigned URL.
 *
 * @param body when it is read; most requests need none, because they state its hash
 */
export function authenticate(...signed: [...Signed, body: Buffer]): Verification;
export function authenticate(...signed: Signed): Authentication;
export function authenticate(
  ...[request, credentials, region, times, body]: [...Signed, body?: Buffer]
): Authentication {
  const signature = headerSignature(request, () => (body ? sha256(body) : UNREAD)) ?? querySignature(request);
  if (signature === undefined) return refused(claimedService(request), unsigned(request));
  const { service, accessKeyId } = signature.scope;
  if (!isServed(service)) return refused(claimedService(request), notServed(service));
  const found = credentials.find(accessKeyId);
  if (found === undefined) return refused(service, unknownKey(service, signature));
  if (signature.payloadHash === UNREAD) return { status: 'needs-body' };

  const refusal =
    wrongScope(service, signature, region) ??
    (isSignedBy(found.secretAccessKey, signature, request) ? undefined : wrongSignature(service)) ??
    unsignedHeaders(service, signature, request) ??
    late(service, signature, times);
  if (refusal) return refused(service, refusal);
  const by = signature.expiresSeconds === undefined ? 'header' : 'query';
  return { status: 'known', caller: { holder: found.holder, service, by }, payloadHash: signature.payloadHash };
}

type Signed = readonly [request: SignableRequest, credentials: CredentialStore, region: string, times: Times];

/** Stands for the hash of a body that is not read; no header can hold it. */
const UNREAD = '\n';

function refused(service: ServiceName, refusal: Refusal): Authentication {
  return { status: 'refused', service, refusal };
}

function notServed(service: string): Refusal {
  return { statusCode: 501, code: 'NotImplemented', message: `The runner does not serve ${service}` };
}

const isServed = (service: string): service is ServiceName => SERVICES.includes(service);

/** The service named in an unverified request, so that a refusal has the error format of the client's service. */
export function claimedService(request: SignableRequest): ServiceName {
  const signature = headerSignature(request, () => '') ?? querySignature(request);
  if (signature && isServed(signature.scope.service)) return signature.scope.service;
  const target = request.headers.get('x-amz-target')?.[0] ?? '';
  if (target.startsWith('DynamoDB')) return 'dynamodb';
  if (target.startsWith('secretsmanager')) return 'secretsmanager';
  return target.startsWith('AmazonSQS') ? 'sqs' : 's3';
}

function unsigned(request: SignableRequest): Refusal {
  if (claimedService(request) === 's3') return { statusCode: 403, code: 'AccessDenied', message: 'Access Denied' };
  return {
    statusCode: 400,
    code: 'MissingAuthenticationTokenException',
    message: 'Request is missing Authentication Token',
  };
}

/** Refusal of an unknown access key id. */
export function unknownKey(service: ServiceName, { scope }: Pick<Signature, 'scope'>): Refusal {
  if (service === 's3') {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    return { statusCode: 403, code: 'InvalidAccessKeyId', message, details: { AWSAccessKeyId: scope.accessKeyId } };
  }
  const code = service === 'sns' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
  return { statusCode: jsonStatus(service), code, message: 'The security token included in the request is invalid.' };
}

/** Refusal of a signature that does not match. */
export function wrongSignature(service: ServiceName): Refusal {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  if (service === 's3' || service === 'sns') return { statusCode: 403, code: 'SignatureDoesNotMatch', message };
  return { statusCode: jsonStatus(service), code: 'InvalidSignatureException', message };
}

function wrongScope(service: ServiceName, { scope, date }: Signature, region: string): Refusal | undefined {
  if (scope.region === region && date.startsWith(`${scope.date}T`)) return undefined;
  if (service === 's3') {
    const message = `The authorization header is malformed; the region '${scope.region}' is wrong; expecting '${region}'`;
    return { statusCode: 400, code: 'AuthorizationHeaderMalformed', message, details: { Region: region } };
  }
  const message = `Credential should be scoped to a valid region, not '${scope.region}'.`;
  return { statusCode: jsonStatus(service), code: 'InvalidSignatureException', message };
}

/** Every `x-amz-` header must be signed: the holder of a presigned URL must not change its request. */
function unsignedHeaders(
  service: ServiceName,
  { signedHeaders }: Signature,
  { headers }: SignableRequest,
): Refusal | undefined {
  const meaningful = [...headers.keys()].filter((name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256');
  const unsigned = ['host', ...meaningful].filter((name) => !signedHeaders.includes(name));
  if (service !== 's3' || unsigned.length === 0) return undefined;
  const message = 'There were headers present in the request which were not signed';
  return { statusCode: 403, code: 'AccessDenied', message, details: { HeadersNotSigned: unsigned.join(', ') } };
}

function late(
  service: ServiceName,
  { date, expiresSeconds }: Signature,
  { wallMs, stackMs }: Times,
): Refusal | undefined {
  const signedMs = signingTimeMs(date);
  if (expiresSeconds !== undefined) return expired(signedMs, expiresSeconds, stackMs);
  // Written so that NaN is refused.
  if (Math.abs(signedMs - wallMs) <= SKEW_MS) return undefined;
  const message = 'The difference between the request time and the current time is too large.';
  if (service === 's3') return { statusCode: 403, code: 'RequestTimeTooSkewed', message };
  return { statusCode: jsonStatus(service), code: 'InvalidSignatureException', message: `Signature expired: ${date}` };
}

function expired(signedMs: number, expiresSeconds: number, nowMs: number): Refusal | undefined {
  if (expiresSeconds > WEEK_SECONDS) {
    const message = 'X-Amz-Expires must be less than a week (in seconds) that is 604800';
    return { statusCode: 400, code: 'AuthorizationQueryParametersError', message };
  }
  const endsMs = signedMs + expiresSeconds * 1000;
  if (nowMs < endsMs && signedMs <= nowMs + SKEW_MS) return undefined;
  const isTime = Number.isFinite(endsMs);
  const details = {
    'X-Amz-Expires': String(expiresSeconds),
    ...(isTime && { Expires: new Date(endsMs).toISOString() }),
    ServerTime: new Date(nowMs).toISOString(),
  };
  const message = nowMs < endsMs || !isTime ? 'Request is not valid yet' : 'Request has expired';
  return { statusCode: 403, code: 'AccessDenied', message, details };
}

/** The refusal of a body that is not the signed one. `UNSIGNED-PAYLOAD` and `STREAMING-…` sign none. */
export function wrongPayload(payloadHash: string, body: Buffer): Refusal | undefined {
  if (!/^[0-9a-f]{64}$/.test(payloadHash) || payloadHash === sha256(body)) return undefined;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  return { statusCode: 400, code: 'XAmzContentSHA256Mismatch', message };
}

const jsonStatus = (service: ServiceName) => (service === 'dynamodb' || service === 'secretsmanager' ? 400 : 403);
