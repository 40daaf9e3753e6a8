import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CORS } from '../../functions/platform/names/cors.ts';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from '../../functions/platform/names/problems.ts';
import { SECURITY_HEADERS } from '../../functions/platform/names/response-headers.ts';

type Refusal = {
  readonly on: ResponseType;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
};

const NO_VALID_KEY = { code: 'unauthorized', detail: 'Send a valid API key in the header X-Api-Key.' } as const;
const NO_SUCH_PATH = { code: 'not_found', detail: 'The API has no such path or method.' } as const;
const KEY_UNCHECKED = { code: 'internal_error', detail: 'The API key could not be checked. Try again.' } as const;
const ANSWER_FAILED = { code: 'internal_error', detail: 'Something went wrong on our side. Try again.' } as const;

/** API Gateway's own error responses. That to a body of more than 10 MB (413) cannot be changed. */
const REFUSALS: readonly Refusal[] = [
  { on: ResponseType.UNAUTHORIZED, ...NO_VALID_KEY },
  { on: ResponseType.INVALID_API_KEY, ...NO_VALID_KEY },
  // The authorizer denies unknown keys; a known key without the role gets 403 from the function.
  { on: ResponseType.ACCESS_DENIED, ...NO_VALID_KEY },
  { on: ResponseType.EXPIRED_TOKEN, ...NO_VALID_KEY },
  { on: ResponseType.INVALID_SIGNATURE, ...NO_VALID_KEY },
  // AWS's name for an unknown path or method.
  { on: ResponseType.MISSING_AUTHENTICATION_TOKEN, ...NO_SUCH_PATH },
  { on: ResponseType.RESOURCE_NOT_FOUND, ...NO_SUCH_PATH },
  // By the outer bound of the stage or of the workspaces that share a gateway key, whose buckets fill within a second.
  {
    on: ResponseType.THROTTLED,
    code: 'rate_limited',
    detail: 'Too many requests. Try again in 1 s.',
    retryAfterSeconds: 1,
  },
  // It ends some time within a day; the gateway cannot say when.
  {
    on: ResponseType.QUOTA_EXCEEDED,
    code: 'quota_exceeded',
    detail: 'The daily quota of your workspace is used up. Try again in an hour, or tomorrow.',
    retryAfterSeconds: 3600,
  },
  {
    on: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: 'unsupported_content_type',
    detail: 'Send JSON, as application/json.',
  },
  { on: ResponseType.BAD_REQUEST_BODY, code: 'invalid_request', detail: 'The body is not valid.' },
  {
    on: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'invalid_request',
    detail: 'A parameter is missing or not valid.',
  },
  { on: ResponseType.DEFAULT_4XX, code: 'invalid_request', detail: 'The request is not valid.' },
  { on: ResponseType.INTEGRATION_TIMEOUT, code: 'timed_out', detail: 'The request took too long. Try again.' },
  { on: ResponseType.INTEGRATION_FAILURE, ...ANSWER_FAILED },
  { on: ResponseType.AUTHORIZER_FAILURE, ...KEY_UNCHECKED },
  { on: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ...KEY_UNCHECKED },
  { on: ResponseType.API_CONFIGURATION_ERROR, ...ANSWER_FAILED },
  { on: ResponseType.DEFAULT_5XX, ...ANSWER_FAILED },
];

const SECURITY = Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name, `'${value}'`]));

/** A status set for these would replace that of every error without a response of its own, and their bodies cannot know it. */
const DEFAULTS: readonly ResponseType[] = [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX];

/**
 * Makes API Gateway's own errors problem+json with a stable code, CORS and security headers, like those of the functions.
 */
export function respondWithProblems(api: RestApi): void {
  for (const { on, code, detail, retryAfterSeconds } of REFUSALS) {
    const { status, title } = PROBLEMS[code];
    const isDefault = DEFAULTS.includes(on);
    api.addGatewayResponse(on.responseType, {
      type: on,
      ...(!isDefault && { statusCode: String(status) }),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Access-Control-Allow-Origin': `'${CORS.allowedOrigin}'`,
        'Access-Control-Expose-Headers': `'${CORS.exposedHeaders.join(', ')}'`,
        ...SECURITY,
        'X-Request-Id': 'context.requestId',
        ...(retryAfterSeconds !== undefined && { 'Retry-After': `'${retryAfterSeconds}'` }),
      },
      templates: {
        'application/json': JSON.stringify({
          type: `${PROBLEM_TYPE_PREFIX}${code}`,
          title,
          ...(!isDefault && { status }),
          detail,
          code,
          instance: 'urn:fettle:request:$context.requestId',
        }),
      },
    });
  }
}
