/** API Gateway's own error responses, with status and message, which the template can override. */
const RESPONSES = {
  ACCESS_DENIED: {
    statusCode: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  API_CONFIGURATION_ERROR: {
    statusCode: 500,
    errorType: 'InternalServerErrorException',
    message: 'Internal server error',
  },
  AUTHORIZER_CONFIGURATION_ERROR: {
    statusCode: 500,
    errorType: 'AuthorizerConfigurationException',
    message: 'Internal server error',
  },
  AUTHORIZER_FAILURE: { statusCode: 500, errorType: 'AuthorizerFailureException', message: 'Internal server error' },
  BAD_REQUEST_BODY: { statusCode: 400, errorType: 'BadRequestException', message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: {
    statusCode: 400,
    errorType: 'BadRequestException',
    message: 'Missing required request parameters',
  },
  /** of a failed function or a malformed response, which have no type of their own */
  DEFAULT_5XX: { statusCode: 502, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  INTEGRATION_TIMEOUT: {
    statusCode: 504,
    errorType: 'InternalServerErrorException',
    message: 'Endpoint request timed out',
  },
  INVALID_API_KEY: { statusCode: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  MISSING_AUTHENTICATION_TOKEN: {
    statusCode: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  QUOTA_EXCEEDED: { statusCode: 429, errorType: 'LimitExceededException', message: 'Limit Exceeded' },
  /** of an event that exceeds Lambda's limit; a body that exceeds the gateway's own is `TOO_LONG` */
  REQUEST_TOO_LARGE: { statusCode: 413, errorType: 'BadRequestException', message: 'Request Too Long' },
  THROTTLED: { statusCode: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { statusCode: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
} as const satisfies Record<string, Omit<GatewayError, 'type'>>;

export type GatewayErrorType = keyof typeof RESPONSES;

/** One of the gateway's own errors, before the template's gateway response is applied. */
export type GatewayError = {
  readonly type: string;
  readonly statusCode: number;
  /** value of the header `x-amzn-ErrorType` */
  readonly errorType: string;
  readonly message: string;
};

/** API Gateway's error of a type, with its usual message unless one is given. */
export function gatewayError(type: GatewayErrorType, message?: string): GatewayError {
  const response = RESPONSES[type];
  return { type, ...response, message: message ?? response.message };
}

/** Further types that a template may customize. Here they only occur through the two defaults. */
export const RESPONSE_TYPES: readonly string[] = [
  ...Object.keys(RESPONSES),
  'DEFAULT_4XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INVALID_SIGNATURE',
  'RESOURCE_NOT_FOUND',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];
