import type { APIGatewayProxyResult } from 'aws-lambda';
import { RequestError } from './errors.ts';
import { CORS } from './names/cors.ts';
import type { ProblemCode } from './names/problems.ts';
import { type Problem, problem, type Violation } from './problem.ts';

const CORS_HEADERS = {
  'Access-Control-Allow-Origin': CORS.allowedOrigin,
  'Access-Control-Expose-Headers': CORS.exposedHeaders.join(', '),
};

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers that every answer has, good or bad. */
export const commonHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  ...CORS_HEADERS,
  ...SECURITY_HEADERS,
  'X-Request-Id': requestId,
});

/** An answer of an operation, as it is sent and as it is remembered for a repeat. */
export type Answer = {
  readonly status: number;
  readonly body: string;
  /** the answer to an earlier request with the same Idempotency-Key */
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

/** What the caller is told of an error. Of our own errors nothing but the request id, by which the log has the rest. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, detail, violations } = refusalOf(error);
  return problem(code, detail, requestId, violations);
}

type Refusal = { readonly code: ProblemCode; readonly detail: string; readonly violations: readonly Violation[] };

function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError) return { code: error.code, detail: error.message, violations: error.violations };
  const code = codeOfOurs(error instanceof Error ? error.name : '');
  return { code, detail: DETAILS_OF_OURS[code], violations: [] };
}

const DETAILS_OF_OURS = {
  internal_error: 'The request was in order; we failed. The instance names it in our log.',
  unavailable: 'We are busier than we can bear. Try again in a moment.',
  timed_out: 'We did not finish in time. Try again; with an Idempotency-Key nothing is made twice.',
} as const satisfies Partial<Record<ProblemCode, string>>;

/** Names of the errors by which AWS says "too many requests" after the SDK's own attempts. */
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const codeOfOurs = (errorName: string): keyof typeof DETAILS_OF_OURS =>
  errorName === 'TimeoutError' ? 'timed_out' : THROTTLED.has(errorName) ? 'unavailable' : 'internal_error';

const RETRY_AFTER_SECONDS: Partial<Record<ProblemCode, number>> = {
  request_in_progress: 2,
  unavailable: 2,
  timed_out: 2,
};

export function problemResult(refused: Problem, headers: Readonly<Record<string, string>>): APIGatewayProxyResult {
  const retryAfterSeconds = RETRY_AFTER_SECONDS[refused.code];
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
