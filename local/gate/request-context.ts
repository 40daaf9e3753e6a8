import type { RequestContext } from './condition.ts';
import type { ServiceRequest } from './service-request.ts';

const AUTH_TYPES = { header: 'REST-HEADER', query: 'REST-QUERY-STRING', form: 'POST' } as const;

/** The condition keys of every request. Plain http over the loopback interface is reported as TLS 1.3. */
export function requestContext(
  { headers }: Pick<ServiceRequest, 'headers'>,
  region: string,
  by: keyof typeof AUTH_TYPES,
  sourceIp: string | undefined,
): RequestContext {
  return new Map([
    ['aws:securetransport', ['true']],
    ['aws:requestedregion', [region]],
    ['aws:sourceip', [sourceIp ?? '127.0.0.1']],
    ['aws:useragent', headers.get('user-agent') ?? []],
    ['s3:tlsversion', ['1.3']],
    ['s3:authtype', [AUTH_TYPES[by]]],
    ['s3:signatureversion', ['AWS4-HMAC-SHA256']],
  ]);
}
