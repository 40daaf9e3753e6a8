import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Caller } from '../gate/authenticate.ts';
import type { ForwardedAnswer } from '../gate/forward.ts';
import type { GateParts } from '../gate/gate-parts.ts';
import type { ServiceRequest } from '../gate/service-request.ts';
import type { OnObjectCreated } from '../types.ts';

type EventName = Parameters<OnObjectCreated>[0]['eventName'];
export type Pending = ReturnType<OnObjectCreated>;

/** The S3 event of a successful request; undefined when it creates no object. */
export function createdBy({ method, headers, parameters }: ServiceRequest, key: string): EventName | undefined {
  if (key === '') return undefined;
  if (method === 'POST' && parameters.has('uploadId')) return 'ObjectCreated:CompleteMultipartUpload';
  if (method !== 'PUT' || (parameters.has('uploadId') && parameters.get('partNumber'))) return undefined;
  return headers.has('x-amz-copy-source') ? 'ObjectCreated:Copy' : 'ObjectCreated:Put';
}

/** Records the notification before the object is written, so that a crash in between loses no event. */
export function recordPending(
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

/** Forwards a request, then sends the notification if the object was stored, else discards it. */
export async function sendToBucket({ options }: GateParts, request: Sent, pending: Pending): Promise<ForwardedAnswer> {
  // Not aborted when the client disconnects: a started write is completed and its event sent.
  const answer = await options.emulators.s3(request).catch((error: unknown) => {
    pending?.refused();
    throw error;
  });
  if (isSuccess(answer)) pending?.stored();
  else pending?.refused();
  return answer;
}

/** Whether the request succeeded. */
const isSuccess = ({ statusCode = 500 }: ForwardedAnswer) => statusCode >= 200 && statusCode < 300;
