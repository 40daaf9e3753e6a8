import type { APIGatewayProxyResult } from 'aws-lambda';
import { RequestError } from './errors.ts';
import { CORS } from './names/cors.ts';
import type { ProblemCode } from './names/problems.ts';
import { SECURITY_HEADERS } from './names/response-headers.ts';
import { type Problem, problem, type Violation } from './problem.ts';

const CORS_HEADERS = {
  'Access-Control-Allow-Origin': CORS.allowedOrigin,
  'Access-Control-Expose-Headers': CORS.exposedHeaders.join(', '),
};

/** Headers of every response, replies and problems alike. */
export const commonHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  ...CORS_HEADERS,
  ...SECURITY_HEADERS,
  'X-Request-Id': requestId,
});

/** An operation's response, as sent and as stored for repeats. */
export type Answer = {
  readonly status: number;
  readonly body: string;
  /** stored from an earlier request with the same Idempotency-Key */
  readonly replayed?: boolean;
};

export const toResult = (
  { status, body }: Answer,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...headers, 'Content-Type': 'application/json' },
  body,
});

/** The problem for an error. Internal errors disclose the request id only; the log has the details under it. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, detail, violations } = refusalOf(error);
  return problem(code, detail, requestId, violations);
}

type Refusal = { readonly code: ProblemCode; readonly detail: string; readonly violations: readonly Violation[] };

function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError) return { code: error.code, detail: error.message, violations: error.violations };
  const code = ourCode(error instanceof Error ? error.name : '');
  return { code, detail: OUR_DETAILS[code], violations: [] };
}

/** Problems of ours that a retry may solve. */
const RETRYABLE: readonly ProblemCode[] = ['unavailable', 'timed_out'];
/** Chosen by eye: most throttles have ended by then. */
const RETRY_AFTER_SECONDS = 2;

const OUR_DETAILS = {
  internal_error: 'Your request is fine; something went wrong on our side. Please quote `instance` when you report it.',
  unavailable: `Too many requests. Try again in ${RETRY_AFTER_SECONDS} s.`,
  timed_out: `The request took too long. Try again in ${RETRY_AFTER_SECONDS} s; with an Idempotency-Key nothing is created twice.`,
} as const satisfies Partial<Record<ProblemCode, string>>;

/** Names of AWS's throttling errors, which are thrown after the SDK's own retries. */
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const ourCode = (errorName: string): keyof typeof OUR_DETAILS =>
  errorName === 'TimeoutError' ? 'timed_out' : THROTTLED.has(errorName) ? 'unavailable' : 'internal_error';

/** How long to wait before the same request; undefined where no retry helps. */
export function retryAfterSecondsOf(error: unknown, { code }: Pick<Problem, 'code'>): number | undefined {
  if (error instanceof RequestError) return error.retryAfterSeconds;
  return RETRYABLE.includes(code) ? RETRY_AFTER_SECONDS : undefined;
}

export function problemResult(
  refused: Problem,
  headers: Readonly<Record<string, string>>,
  retryAfterSeconds: number | undefined,
): APIGatewayProxyResult {
  return {
    statusCode: refused.status,
    headers: {
      ...headers,
      'Content-Type': 'application/problem+json',
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(refused),
  };
}
