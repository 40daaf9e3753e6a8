import type { GatewayError } from './gateway-error.ts';

/** A response to a client, from a function or the gateway itself. */
export type Answer = {
  readonly statusCode: number;
  /** name and value; names can repeat */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** set for the gateway's own errors */
  readonly error?: GatewayError;
};

/** API Gateway's limit on request and response bodies. */
export const PAYLOAD_LIMIT_BYTES = 10 * 1024 * 1024;

/** API Gateway's answer to a body beyond its limit, which no gateway response of a template changes. */
export const TOO_LONG: Answer = {
  statusCode: 413,
  headers: [['content-type', 'text; charset=utf-8']],
  body: Buffer.from(`HTTP content length exceeded ${PAYLOAD_LIMIT_BYTES} bytes.`),
};
