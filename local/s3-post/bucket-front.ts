import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Caller } from '../iam/authenticate.ts';
import { answerWith, endToEndHeaders } from '../iam/forward.ts';
import type { GateParts } from '../iam/gate-parts.ts';
import { BODY_LIMIT_BYTES, type RequestHead } from '../iam/gate-request.ts';
import { type Refusal, refuse, refuseAndDrain } from '../iam/refusal.ts';
import { requestContext } from '../iam/request-context.ts';
import { bucketAndKey } from '../iam/s3-asks.ts';
import { ask, type ServiceRequest } from '../iam/service-request.ts';
import { encode } from '../iam/signature.ts';
import type { OnObjectCreated } from '../types.ts';
import { corsHeaders, readBucketCors } from './bucket-cors.ts';
import { type KeyVerdict, readDeletion, withRefusedKeys, writeDeletion } from './delete-objects.ts';
import { keyRefusal } from './object-key.ts';
import { postObject, type Upload } from './post-object.ts';

/** What S3 does before and around the emulator: CORS, form uploads, events, and hiding which objects exist. */
export type BucketFront = {
  /** Answers what needs no signed request: a preflight, a form upload. False when the request is neither. */
  readonly serves: (head: RequestHead, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Passes an allowed request on to the emulator. */
  readonly pass: (
    caller: Caller,
    serviceRequest: ServiceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** Deletes those keys of a multi-object delete that nothing refuses; `refusals` are in the order of its keys. */
  readonly deleteObjects: (
    serviceRequest: ServiceRequest,
    refusals: readonly (Refusal | undefined)[],
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
};

/** Room for a form around the largest object. */
const FORM_ROOM_BYTES = 64 * 1024;

export function createBucketFront(parts: GateParts): BucketFront {
  const cors = readBucketCors(parts.template);
  return {
    serves: async (head, request, response) => {
      const { bucket } = bucketAndKey(head.emulatorPath);
      const origin = request.headers.origin;
      if (request.method === 'OPTIONS' && origin !== undefined) {
        answerPreflight(cors.get(bucket) ?? [], origin, request, response);
        return true;
      }
      const allowed = origin && corsHeaders(cors.get(bucket) ?? [], { origin, method: head.method });
      for (const [name, value] of Object.entries(allowed || {})) response.setHeader(name, value);
      const isForm = head.method === 'POST' && /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
      if (isForm) await takeForm(parts, bucket, head, request, response);
      return isForm;
    },
    pass: (caller, serviceRequest, request, response) => passToBucket(parts, caller, serviceRequest, request, response),
    deleteObjects: (...deletion) => deleteAllowed(parts, ...deletion),
  };
}

async function deleteAllowed(
  parts: GateParts,
  { path, body }: ServiceRequest,
  refusals: readonly (Refusal | undefined)[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { keys, quiet } = readDeletion(body);
  const verdicts = keys.map(
    (key, index): KeyVerdict => ({ key, ...(refusals[index] && { refusal: refusals[index] }) }),
  );
  const allowed = writeDeletion({ keys: keys.filter((_key, index) => refusals[index] === undefined), quiet });
  const sent = { method: 'POST', path: `${path}?delete`, headers: endToEndHeaders(request), body: allowed };
  const answer = await send(parts, sent, undefined);
  const text = withRefusedKeys((await buffer(answer)).toString('utf8'), verdicts);
  response.writeHead(answer.statusCode ?? 502, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

type CorsRules = Parameters<typeof corsHeaders>[0];

function answerPreflight(
  rules: CorsRules,
  origin: string,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const requestHeaders = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const method = headers['access-control-request-method'] ?? '';
  const allowed = corsHeaders(rules, { origin, method, requestHeaders: requestHeaders.filter((name) => name !== '') });
  if (allowed) {
    response.writeHead(200, { ...allowed, 'content-length': 0 }).end();
    return;
  }
  const reason =
    rules.length === 0
      ? 'CORS is not enabled for this bucket.'
      : "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
  refuse(response, 's3', { statusCode: 403, code: 'AccessForbidden', message: `CORSResponse: ${reason}` });
}

async function takeForm(
  parts: GateParts,
  bucket: string,
  head: RequestHead,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const context = requestContext(head, parts.template.region, 'form', request.socket.remoteAddress);
  const refusal = await postObject(request, response, bucket, {
    credentials: parts.options.credentials,
    nowMs: parts.clock.now,
    limitBytes: BODY_LIMIT_BYTES - FORM_ROOM_BYTES,
    permission: async ({ holder, key }) => {
      const resource = `arn:${parts.template.partition}:s3:::${bucket}/${key}`;
      const asked = { ...ask('s3:PutObject', resource), context };
      return parts.permissions.refusal(holder, 's3', asked) ?? parts.faults.take('s3', asked.action, resource);
    },
    store: (upload) => store(parts, upload, request),
  });
  if (refusal) refuseAndDrain(request, response, 's3', refusal);
}

async function store(parts: GateParts, upload: Upload, request: IncomingMessage): Promise<{ etag: string } | Refusal> {
  const { bucket, key, holder, headers, content } = upload;
  const pending = announce(parts, { bucket, key, eventName: 'ObjectCreated:Post' }, { holder }, request);
  const path = `/${bucket}/${key.split('/').map(encode).join('/')}`;
  const answer = await send(parts, { method: 'PUT', path, headers, body: content }, pending);
  answer.resume();
  if (isSuccess(answer)) return { etag: answer.headers.etag ?? '' };
  if (answer.statusCode !== 404) throw new Error(`the S3 emulator answered ${answer.statusCode} to an upload`);
  return {
    statusCode: 404,
    code: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    details: { BucketName: bucket },
  };
}

async function passToBucket(
  parts: GateParts,
  caller: Caller,
  serviceRequest: ServiceRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, path, query, body } = serviceRequest;
  const { bucket, key } = bucketAndKey(path);
  const eventName = createdBy(serviceRequest, key);
  const bad = eventName && keyRefusal(key);
  if (bad) return refuse(response, 's3', bad);
  const pending = eventName && announce(parts, { bucket, key, eventName }, caller, request);
  const headers = endToEndHeaders(request);
  const answer = await send(parts, { method, path: query ? `${path}?${query}` : path, headers, body }, pending);
  const hidden =
    answer.statusCode === 404 && key !== '' ? mayNotKnow(parts, caller, bucket, serviceRequest, request) : undefined;
  if (hidden === undefined) return answerWith(answer, response);
  answer.resume();
  refuse(response, 's3', hidden);
}

/** Whoever may not list a bucket is not told that an object is missing: S3 answers 403 instead of 404. */
function mayNotKnow(
  { permissions, template }: GateParts,
  { holder, by }: Caller,
  bucket: string,
  serviceRequest: ServiceRequest,
  { socket }: IncomingMessage,
): Refusal | undefined {
  if (serviceRequest.method !== 'GET' && serviceRequest.method !== 'HEAD') return undefined;
  const context = requestContext(serviceRequest, template.region, by, socket.remoteAddress);
  return permissions.refusal(holder, 's3', {
    ...ask('s3:ListBucket', `arn:${template.partition}:s3:::${bucket}`),
    context,
  });
}

type EventName = Parameters<OnObjectCreated>[0]['eventName'];
type Pending = ReturnType<OnObjectCreated>;

/** The event that a request causes when it succeeds; undefined when it creates no object. */
function createdBy({ method, headers, parameters }: ServiceRequest, key: string): EventName | undefined {
  if (key === '') return undefined;
  if (method === 'POST' && parameters.has('uploadId')) return 'ObjectCreated:CompleteMultipartUpload';
  if (method !== 'PUT' || parameters.has('uploadId')) return undefined;
  return headers.has('x-amz-copy-source') ? 'ObjectCreated:Copy' : 'ObjectCreated:Put';
}

function announce(
  { options, permissions }: GateParts,
  write: { readonly bucket: string; readonly key: string; readonly eventName: EventName },
  { holder }: Pick<Caller, 'holder'>,
  { socket }: IncomingMessage,
): Pending {
  const principalId = permissions.principalId(holder);
  return options.onObjectCreated?.({ ...write, principalId, sourceIp: socket.remoteAddress ?? '127.0.0.1' });
}

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
};

/** Passes a request on and tells whoever waits for the object whether it was stored. */
async function send({ forwarder, options }: GateParts, request: Sent, pending: Pending): Promise<IncomingMessage> {
  // Not aborted when the client goes: a write that was begun is finished, and its event sent.
  const answer = await forwarder.send({ baseUrl: options.emulators.s3, ...request }).catch((error: unknown) => {
    pending?.refused();
    throw error;
  });
  if (isSuccess(answer)) pending?.stored();
  else pending?.refused();
  return answer;
}

const isSuccess = ({ statusCode = 500 }: IncomingMessage) => statusCode >= 200 && statusCode < 300;
