import { createHash } from 'node:crypto';
import type { Template } from '../types.ts';
import type { Authorization } from './authorization.ts';
import { type GatewayRequest, grouped, type RoutedRequest } from './gateway-request.ts';
import type { RestApi } from './rest-api.ts';

/** What the gateway knows of a caller before the integration. */
export type Admission = {
  readonly authorization?: Authorization;
  readonly apiKey?: { readonly id: string; readonly value: string };
};

type Place = Pick<Template, 'accountId'>;

/**
 * The event of a Lambda proxy integration of a regional REST API (payload version 1.0). A body whose media type is not
 * binary is text in UTF-8, in which invalid bytes are U+FFFD.
 */
export function proxyEvent(place: Place, api: RestApi, request: GatewayRequest, admission: Admission): object {
  const isBinary = isBinaryType(api.binaryMediaTypes, request.headers.get('content-type')?.at(-1));
  const { body } = request;
  return {
    ...commonEvent(place, api, request, admission),
    body: body.length === 0 ? null : body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && body.length > 0,
  };
}

/** The event of a REQUEST authorizer: the integration's without its body. */
export function authorizerEvent(place: Place, api: RestApi, request: RoutedRequest, methodArn: string): object {
  return { type: 'REQUEST', methodArn, ...commonEvent(place, api, request, {}) };
}

function commonEvent(place: Place, api: RestApi, request: RoutedRequest, admission: Admission): object {
  const multiValueHeaders = grouped([...request.rawHeaders, ...forwardedHeaders(request)]);
  return {
    resource: request.route.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders: Object.fromEntries(multiValueHeaders),
    queryStringParameters: request.query.size === 0 ? null : lastValues(request.query),
    multiValueQueryStringParameters: request.query.size === 0 ? null : Object.fromEntries(request.query),
    pathParameters: Object.keys(request.pathParameters).length === 0 ? null : request.pathParameters,
    stageVariables: request.stage.variables,
    requestContext: requestContext(place, api, request, admission),
  };
}

function requestContext(
  { accountId }: Place,
  api: RestApi,
  request: RoutedRequest,
  { authorization, apiKey }: Admission,
): object {
  const domainName = request.headers.get('host')?.[0] ?? '';
  return {
    accountId,
    apiId: api.id,
    ...(authorization && { authorizer: { principalId: authorization.principalId, ...authorization.context } }),
    deploymentId: request.stage.deploymentId,
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: request.requestId,
    httpMethod: request.method,
    identity: identityOf(request, apiKey),
    path: request.askedPath,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: logTime(request.receivedAtMs),
    requestTimeEpoch: request.receivedAtMs,
    resourceId: request.route.resourceId,
    resourcePath: request.route.resourcePath,
    stage: request.stage.name,
  };
}

/** The caller's identity. The fields of IAM and Cognito are null. */
function identityOf(request: RoutedRequest, apiKey: Admission['apiKey']): object {
  return {
    accessKey: null,
    accountId: null,
    ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: request.sourceIp,
    user: null,
    userAgent: request.headers.get('user-agent')?.[0] ?? null,
    userArn: null,
  };
}

/** Whether a media type is binary, hence base64-encoded; `binaryMediaTypes` may hold patterns such as `image/*`. */
export function isBinaryType(binaryMediaTypes: readonly string[], contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  return binaryMediaTypes.some((binary) => {
    if (binary === '*/*' || binary.toLowerCase() === type) return true;
    return binary.endsWith('/*') && type?.startsWith(binary.slice(0, -1).toLowerCase()) === true;
  });
}

/** `22/Nov/2026:10:15:00 +0000` */
export function logTime(epochMs: number): string {
  const [, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** The headers that AWS's edge adds. X-Forwarded-Proto is the real protocol, so that links made from it work here. */
function forwardedHeaders({ requestId, sourceIp, headers }: RoutedRequest): [string, string][] {
  const before = headers.get('x-forwarded-for')?.at(-1);
  const trace = createHash('sha256').update(requestId).digest('hex').slice(0, 32);
  return [
    ['X-Amzn-Trace-Id', `Root=1-${trace.slice(0, 8)}-${trace.slice(8)}`],
    ['X-Forwarded-For', before === undefined ? sourceIp : `${before}, ${sourceIp}`],
    ['X-Forwarded-Port', headers.get('host')?.[0]?.split(':')[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function lastValues(values: ReadonlyMap<string, readonly string[]>): { [name: string]: string } {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
}
