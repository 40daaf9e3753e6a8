/** What API Gateway answers by itself, with its status and message unless the template says otherwise. */
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
  /** only its name: a function that failed or answered in another form has no type of its own */
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
  REQUEST_TOO_LARGE: { statusCode: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  THROTTLED: { statusCode: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { statusCode: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
} as const satisfies Record<string, Omit<GatewayError, 'type'>>;

export type GatewayErrorType = keyof typeof RESPONSES;

/** An answer of the gateway's own, before a gateway response of the template is applied. */
export type GatewayError = {
  readonly type: string;
  readonly statusCode: number;
  /** value of the header `x-amzn-ErrorType` */
  readonly errorType: string;
  readonly message: string;
};

/** API Gateway's own answer of a type; a message may replace its usual one. */
export function gatewayError(type: GatewayErrorType, message?: string): GatewayError {
  const response = RESPONSES[type];
  return { type, ...response, message: message ?? response.message };
}

/** Types that a template may customize, beside those above; none of them can happen here but through the two defaults. */
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
