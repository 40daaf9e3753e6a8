import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '../gate/refusal.ts';
import { type CorsRule, corsHeaders } from './bucket-cors.ts';

/** Responds to a CORS preflight request to a bucket. */
export function answerPreflight(
  rules: readonly CorsRule[],
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
