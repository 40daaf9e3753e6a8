import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateParts } from '../gate/gate-parts.ts';
import { BODY_LIMIT_BYTES, type RequestHead } from '../gate/gate-request.ts';
import { type Refusal, refuseAndDrain } from '../gate/refusal.ts';
import { requestContext } from '../gate/request-context.ts';
import { ask } from '../gate/service-request.ts';
import { encode } from '../gate/signature.ts';
import { announce, isSuccess, sendToBucket } from './bucket-writes.ts';
import { postObject, type Upload } from './post-object.ts';

/** Room for a form around the largest object. */
const FORM_ROOM_BYTES = 64 * 1024;

/** Takes a form upload into a bucket, or refuses it without reading on. */
export async function takeForm(
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
  const path = `/${encode(bucket)}/${key.split('/').map(encode).join('/')}`;
  const answer = await sendToBucket(parts, { method: 'PUT', path, headers, body: content }, pending);
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
