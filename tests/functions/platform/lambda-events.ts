import type { APIGatewayProxyEvent, Context, SQSEvent } from 'aws-lambda';
import { API_PREFIX, ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';

/** What Lambda gives a function beside the event. */
export const context: Context = {
  awsRequestId: '6f1c2b0e-6a53-4c3c-9a55-0c2f3f6f8a11',
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'function',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:function',
  memoryLimitInMB: '512',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** What API Gateway calls a request; Lambda calls the invocation otherwise. */
export const GATEWAY_REQUEST_ID = '0e9b8f5c-1d7a-4c49-8a54-6b2f6f1c7d22';

export const KEY_ID = '01KAQ6QJ8Y4H2K6P9S3E7R5T1A';

export type Asked = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** sent as JSON; a string is sent as it is */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly role?: string;
  readonly workspaceId?: string;
  readonly keyId?: string;
};

/** The event by which API Gateway passes a request to this route on. */
export function requestTo(route: RouteName, asked: Asked = {}): APIGatewayProxyEvent {
  const { params, query, body, headers, role = 'admin', workspaceId = 'acme', keyId = KEY_ID } = asked;
  const { method, path } = ROUTES[route];
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const sent = { 'x-api-key': 'secret', ...(text !== undefined && { 'content-type': 'application/json' }), ...headers };
  return {
    httpMethod: method,
    resource: `${API_PREFIX}${path}`,
    path: `${API_PREFIX}${path}`,
    pathParameters: params ?? null,
    headers: sent,
    multiValueHeaders: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters:
      query === undefined ? null : Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    stageVariables: null,
    body: text ?? null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      authorizer: { workspaceId, role, keyId },
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: null,
        userArn: null,
      },
      path: `/live${API_PREFIX}${path}`,
      protocol: 'HTTP/1.1',
      requestId: GATEWAY_REQUEST_ID,
      requestTimeEpoch: 0,
      resourceId: 'resource',
      resourcePath: `${API_PREFIX}${path}`,
      stage: 'live',
    },
  };
}

/** The event by which SQS gives messages to a function; a string is the body as it is. */
export const messages = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '2',
      SentTimestamp: '1795339800000',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '1795339801000',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:queue',
    awsRegion: 'eu-central-1',
  })),
});
