import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../gate/authenticate.ts';
import type { GateParts } from '../gate/gate-parts.ts';
import type { RequestHead } from '../gate/gate-request.ts';
import type { Refusal } from '../gate/refusal.ts';
import { bucketAndKey } from '../gate/s3-permissions.ts';
import type { ServiceRequest } from '../gate/service-request.ts';
import { corsHeaders, readBucketCors } from './bucket-cors.ts';
import { deleteAllowed, passToBucket } from './pass-to-bucket.ts';
import { answerPreflight } from './preflight.ts';
import { takeForm } from './take-form.ts';

/** S3 features that the emulator lacks: CORS, form uploads, event notifications, 403 for missing objects without s3:ListBucket. */
export type BucketFront = {
  /** Answers unsigned requests, which are preflights and form uploads; false for any other request. */
  readonly serves: (head: RequestHead, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Forwards an authorized request to the emulator. */
  readonly pass: (
    caller: Caller,
    serviceRequest: ServiceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  /** Deletes the authorized keys of a multi-object delete; `refusals` are in the order of its keys. */
  readonly deleteObjects: (
    serviceRequest: ServiceRequest,
    refusals: readonly (Refusal | undefined)[],
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
};

/** The bucket front of a template, with its buckets' CORS rules. */
export function createBucketFront(parts: GateParts): BucketFront {
  const cors = readBucketCors(parts.template);
  return {
    serves: async (head, request, response) => {
      const { bucket, key } = bucketAndKey(head.emulatorPath);
      const origin = request.headers.origin;
      if (request.method === 'OPTIONS' && origin !== undefined) {
        answerPreflight(cors.get(bucket) ?? [], origin, request, response);
        return true;
      }
      const allowed = origin && corsHeaders(cors.get(bucket) ?? [], { origin, method: head.method });
      for (const [name, value] of Object.entries(allowed || {})) response.setHeader(name, value);
      const isMultipart = /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
      const isForm = head.method === 'POST' && bucket !== '' && key === '' && isMultipart;
      if (isForm) await takeForm(parts, bucket, head, request, response);
      return isForm;
    },
    pass: (caller, serviceRequest, request, response) => passToBucket(parts, caller, serviceRequest, request, response),
    deleteObjects: (...deletion) => deleteAllowed(parts, ...deletion),
  };
}
