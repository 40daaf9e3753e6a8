import type { GatewayError } from './gateway-error.ts';

/** An answer to a client, of a function or of the gateway itself. */
export type Answer = {
  readonly statusCode: number;
  /** name and value; a name may come more than once */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** set when the gateway itself answered an error */
  readonly error?: GatewayError;
};

/** The longest body that API Gateway takes or gives. */
export const PAYLOAD_LIMIT_BYTES = 10 * 1024 * 1024;
