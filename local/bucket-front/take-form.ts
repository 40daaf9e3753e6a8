import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateParts } from '../gate/gate-parts.ts';
import { BODY_LIMIT_BYTES, type RequestHead } from '../gate/gate-request.ts';
import { type Refusal, refuse } from '../gate/refusal.ts';
import { requestContext } from '../gate/request-context.ts';
import { permission } from '../gate/service-request.ts';
import type { ArrivingBody, StoredBody } from '../types.ts';
import { type Pending, recordPending } from './bucket-writes.ts';
import { twoSignatures } from './form-refusals.ts';
import { postObject, type Upload } from './post-object.ts';

/** The largest object plus the form around it. */
const FORM_ROOM_BYTES = 64 * 1024;

/** Receives a form upload into a bucket, or refuses it without reading the rest. */
export async function takeForm(
  parts: GateParts,
  bucket: string,
  head: RequestHead,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const context = requestContext(head, parts.template.region, 'form', request.socket.remoteAddress);
  const second = secondSignature(head);
  const refusal =
    second ??
    (await postObject(request, response, bucket, {
      credentials: parts.options.credentials,
      nowMs: parts.clock.now,
      limitBytes: BODY_LIMIT_BYTES - FORM_ROOM_BYTES,
      permission: async ({ holder, key }) => {
        const resource = `arn:${parts.template.partition}:s3:::${bucket}/${key}`;
        const required = { ...permission('s3:PutObject', resource), context };
        return parts.permissions.refusal(holder, 's3', required) ?? parts.faults.take('s3', required.action, resource);
      },
      arrive: parts.options.objects.arrive,
      store: (upload) => store(parts, upload, request),
    }));
  if (refusal) refuse(response, 's3', refusal);
}

/** Query parameters by which S3 takes a request for a presigned one, of either version. */
const SIGNING_PARAMETERS = ['X-Amz-Algorithm', 'X-Amz-Signature', 'Signature'];

/** Why a form is refused whose request is signed, too; undefined when its fields are its only signature. */
function secondSignature({ headers, parameters }: RequestHead): Refusal | undefined {
  const header = headers.get('authorization')?.[0];
  if (header !== undefined) return twoSignatures('Authorization', header);
  const name = SIGNING_PARAMETERS.find((one) => parameters.has(one));
  return name === undefined ? undefined : twoSignatures(name, parameters.get(name) ?? '');
}

function store(parts: GateParts, upload: Upload, request: IncomingMessage): StoredBody | Refusal {
  const { bucket, key, holder, body } = upload;
  const pending = recordPending(parts, { bucket, key, eventName: 'ObjectCreated:Post' }, { holder }, request);
  const stored = storeOrForget(body, upload, pending);
  if (stored) return stored;
  return {
    statusCode: 404,
    code: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    details: { BucketName: bucket },
  };
}

/** Stores the object and queues its event; neither when the bucket does not exist or the disk is full. */
function storeOrForget(body: ArrivingBody, upload: Upload, pending: Pending): ReturnType<ArrivingBody['store']> {
  let stored: ReturnType<ArrivingBody['store']>;
  try {
    stored = body.store(upload);
  } finally {
    if (!stored) pending?.refused();
  }
  if (stored) pending?.stored();
  return stored;
}
