import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Caller } from '../gate/authenticate.ts';
import { answerWith, endToEndHeaders } from '../gate/forward.ts';
import type { GateParts } from '../gate/gate-parts.ts';
import { type Refusal, refuse } from '../gate/refusal.ts';
import { requestContext } from '../gate/request-context.ts';
import { bucketAndKey } from '../gate/s3-permissions.ts';
import { permission, type ServiceRequest, UnsupportedRequestError } from '../gate/service-request.ts';
import { createdBy, recordPending, sendToBucket } from './bucket-writes.ts';
import { type KeyVerdict, readDeletion, withRefusedKeys, writeDeletion } from './delete-objects.ts';
import { keyRefusal } from './object-key.ts';
import { isPlainGet, sendObject } from './send-object.ts';

/** Answers a GET of a whole object from its file; forwards every other authorized request to the S3 emulator. */
export async function passToBucket(
  parts: GateParts,
  caller: Caller,
  serviceRequest: ServiceRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, path, query, body, parameters } = serviceRequest;
  const { bucket, key } = bucketAndKey(path);
  if (
    isPlainGet(serviceRequest) &&
    (await sendObject(parts.options.objects, { bucket, key }, serviceRequest, response))
  )
    return;
  const versionId = parameters.get('versionId');
  if (versionId !== undefined)
    return passVersion(parts, caller, { bucket, key, versionId }, serviceRequest, request, response);
  const eventName = createdBy(serviceRequest, key);
  const bad = eventName && keyRefusal(key);
  if (bad) return refuse(response, 's3', bad);
  const pending = eventName && recordPending(parts, { bucket, key, eventName }, caller, request);
  const headers = endToEndHeaders(request);
  const answer = await sendToBucket(parts, { method, path: query ? `${path}?${query}` : path, headers, body }, pending);
  const hidden =
    answer.statusCode === 404 && key !== '' ? mayNotKnow(parts, caller, bucket, serviceRequest, request) : undefined;
  const written = eventName && parts.options.objects.versionOf(bucket, key);
  if (written) response.setHeader('x-amz-version-id', written);
  if (hidden === undefined) return answerWith(answer, response);
  answer.resume();
  refuse(response, 's3', hidden);
}

type Version = { readonly bucket: string; readonly key: string; readonly versionId: string };

/** Deletes a version, or answers a GET of one that is not there. */
function passVersion(
  parts: GateParts,
  caller: Caller,
  { bucket, key, versionId }: Version,
  serviceRequest: ServiceRequest,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (serviceRequest.method === 'DELETE') {
    parts.options.objects.deleteVersion(bucket, key, versionId);
    response.writeHead(204, { 'x-amz-version-id': versionId }).end();
    return;
  }
  if (!isPlainGet(serviceRequest)) throw new UnsupportedRequestError(`${serviceRequest.method} of a version`);
  refuse(response, 's3', mayNotKnow(parts, caller, bucket, serviceRequest, request) ?? NO_SUCH_VERSION);
}

const NO_SUCH_VERSION: Refusal = {
  statusCode: 404,
  code: 'NoSuchVersion',
  message: 'The specified version does not exist.',
};

/** S3's 403 in place of a 404 for callers without s3:ListBucket. */
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
    ...permission('s3:ListBucket', `arn:${template.partition}:s3:::${bucket}`),
    context,
  });
}

/** Deletes the authorized keys of a multi-object delete; `refusals` are in the order of its keys. */
export async function deleteAllowed(
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
  const answer = await sendToBucket(parts, sent, undefined);
  const text = withRefusedKeys((await buffer(answer)).toString('utf8'), verdicts);
  response.writeHead(answer.statusCode ?? 502, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
