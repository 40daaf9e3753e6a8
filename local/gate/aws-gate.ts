import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type BucketFront, createBucketFront } from '../bucket-front/bucket-front.ts';
import { systemClock } from '../clock.ts';
import { answering } from '../state/answering.ts';
import { readBody } from '../state/read-body.ts';
import type { Template } from '../types.ts';
import { authenticate, type Caller, claimedService, wrongPayload } from './authenticate.ts';
import { dynamodbPermissions } from './dynamodb-permissions.ts';
import { createFaults, type Faults } from './faults.ts';
import { answerWith, endToEndHeaders } from './forward.ts';
import type { AwsGateOptions, GateParts } from './gate-parts.ts';
import { BODY_LIMIT_BYTES, BODY_TOO_LARGE, type RequestHead, requestHead } from './gate-request.ts';
import { readPartitionKeys } from './partition-keys.ts';
import { readPermissions } from './permissions.ts';
import { type Refusal, refuse, type ServiceName } from './refusal.ts';
import { requestContext } from './request-context.ts';
import { isMultiDelete, s3Permissions } from './s3-permissions.ts';
import { secretsmanagerPermissions } from './secretsmanager-permissions.ts';
import { type ServiceRequest, UnsupportedRequestError } from './service-request.ts';
import { snsPermissions } from './sns-permissions.ts';
import { sqsPermissions } from './sqs-permissions.ts';
import { measureThrottle } from './throttle-metrics.ts';

export type AwsGate = {
  /** for `http.createServer` */
  readonly listener: RequestListener;
  readonly faults: Faults;
};

/**
 * The endpoint of S3, SQS, SNS, DynamoDB and Secrets Manager: verifies each request's signature, authorizes it
 * by the policies of the role that signed it, and forwards it to the emulator.
 *
 * `aws:SecureTransport` is true although requests come by http over the loopback interface, so that policies which require
 * TLS work on this machine.
 */
export function createAwsGate(template: Template, options: AwsGateOptions): AwsGate {
  const parts: GateParts = {
    template,
    options,
    permissions: readPermissions(template),
    requiredPermissions: {
      s3: s3Permissions,
      sqs: sqsPermissions,
      sns: snsPermissions,
      dynamodb: dynamodbPermissions(readPartitionKeys(template)),
      secretsmanager: secretsmanagerPermissions,
    },
    faults: options.faults ?? createFaults(),
    clock: options.clock ?? systemClock,
  };
  const buckets = createBucketFront(parts);
  return {
    listener: answering(
      (request, response) => serve(parts, buckets, request, response),
      (request, response, error) => fail(parts, request, response, error),
    ),
    faults: parts.faults,
  };
}

async function serve(
  parts: GateParts,
  buckets: BucketFront,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const head = requestHead(request);
  if (await buckets.serves(head, request, response)) return;
  const admitted = await admit(parts, head, request);
  if ('refusal' in admitted) return refuse(response, admitted.service, admitted.refusal);
  const { caller, body } = admitted;
  // Path-style from here on.
  const serviceRequest = { ...head, path: head.emulatorPath, body };
  const refusals = await refusalsOf(parts, caller, serviceRequest, request);
  if (caller.service === 's3' && isMultiDelete(serviceRequest)) {
    // S3 deletes the authorized keys and returns an error for each other key.
    return buckets.deleteObjects(serviceRequest, refusals, request, response);
  }
  const refusal = refusals.find((one) => one !== undefined);
  if (refusal) return refuse(response, caller.service, refusal);
  await pass(parts, buckets, caller, serviceRequest, request, response);
}

type Admitted = { readonly caller: Caller; readonly body: Buffer };
type Refused = { readonly service: ServiceName; readonly refusal: Refusal };

/** Verifies the signature, before the body is read if it can be, then reads the body, which must be the signed one. */
async function admit(parts: GateParts, head: RequestHead, request: IncomingMessage): Promise<Admitted | Refused> {
  const times = { wallMs: Date.now(), stackMs: parts.clock.now() };
  const signed = [head, parts.options.credentials, parts.template.region, times] as const;
  const early = authenticate(...signed);
  if (early.status === 'refused') return early;
  const body = await readBody(request, BODY_LIMIT_BYTES);
  if (body === undefined) return { service: claimedService(head), refusal: BODY_TOO_LARGE };
  const authentication = early.status === 'needs-body' ? authenticate(...signed, body) : early;
  if (authentication.status === 'refused') return authentication;
  const { caller, payloadHash } = authentication;
  const wrong = wrongPayload(payloadHash, body);
  return wrong ? { service: caller.service, refusal: wrong } : { caller, body };
}

/** One entry per required permission: its refusal, or undefined when it is granted. No permission at all is an error. */
async function refusalsOf(
  parts: GateParts,
  caller: Caller,
  request: ServiceRequest,
  { socket }: IncomingMessage,
): Promise<readonly (Refusal | undefined)[]> {
  const permissions = parts.requiredPermissions[caller.service](request, parts.template);
  if (permissions.length === 0) throw new UnsupportedRequestError('a request that names no resource');
  const shared = requestContext(request, parts.template.region, caller.by, socket.remoteAddress);
  const refusals: (Refusal | undefined)[] = [];
  for (const required of permissions) {
    const inContext = { ...required, context: new Map([...shared, ...required.context]) };
    const denied = parts.permissions.refusal(caller.holder, caller.service, inContext);
    const fault = denied ? undefined : await parts.faults.take(caller.service, required.action, required.resource);
    measureThrottle(parts.options.measure, parts.clock, caller.service, required, fault);
    refusals.push(denied ?? fault);
  }
  return refusals;
}

async function pass(
  parts: GateParts,
  buckets: BucketFront,
  caller: Caller,
  serviceRequest: ServiceRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { service } = caller;
  if (service === 's3') return buckets.pass(caller, serviceRequest, request, response);
  const answer = await parts.options.emulators[service]({
    method: serviceRequest.method,
    // The emulators serve every operation at `/`; SDKs send SQS requests to the path of the queue's URL.
    path: '/',
    // The emulators route by content type: a request authorized for one service must not reach another.
    headers: { ...endToEndHeaders(request), 'content-type': CONTENT_TYPES[service] },
    body: serviceRequest.body,
  });
  answerWith(answer, response);
}

const CONTENT_TYPES = {
  sqs: 'application/x-amz-json-1.0',
  sns: 'application/x-www-form-urlencoded',
  dynamodb: 'application/x-amz-json-1.0',
  secretsmanager: 'application/x-amz-json-1.1',
} as const;

function fail({ options }: GateParts, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const unsupported = error instanceof UnsupportedRequestError;
  const message = error instanceof Error ? error.message : String(error);
  // Without the query, which can hold a signature.
  options.onLog?.(`${request.method} ${request.url?.split('?')[0]}: ${message}`);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const service = claimedService(requestHead(request));
  const refusal = unsupported
    ? { statusCode: 501, code: 'NotImplemented', message: `The runner does not know how to answer: ${message}` }
    : { statusCode: 500, code: service === 's3' ? 'InternalError' : 'InternalFailure', message };
  refuse(response, service, refusal);
}
