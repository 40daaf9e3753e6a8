import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';
import type { ServiceRequest } from './service-request.ts';
import { queryPairs } from './signature.ts';

/** The emulators' largest request body: fauxqs refuses more than 11 MiB. */
export const BODY_LIMIT_BYTES = 11 * 1024 * 1024;
export const BODY_TOO_LARGE: Refusal = {
  statusCode: 400,
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed size',
  details: { MaxSizeAllowed: String(BODY_LIMIT_BYTES) },
};

/** A request before its body is read. */
export type RequestHead = Omit<ServiceRequest, 'body'> & {
  /** path-style, also for virtual-hosted-style requests */
  readonly emulatorPath: string;
};

/** Reads path, query and headers of a request, as sent. */
export function requestHead(request: IncomingMessage): RequestHead {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = new Map(Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []]));
  const parameters = new Map<string, string>();
  for (const [name, value] of queryPairs(query.join('?'))) if (!parameters.has(name)) parameters.set(name, value);
  const bucket = bucketInHost(request.headers.host ?? '');
  const emulatorPath = bucket === undefined ? path : `/${bucket}${path}`;
  return { method: request.method ?? 'GET', path, query: query.join('?'), headers, parameters, emulatorPath };
}

/** Virtual-hosted style: SDK clients put the bucket into the host of an endpoint with a name: `bucket.localhost:4000`. */
function bucketInHost(host: string): string | undefined {
  return /^(.+)\.localhost(?::\d+)?$/.exec(host)?.[1];
}
