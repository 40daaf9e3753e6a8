import type { Template } from '../types.ts';
import type { ContextVariables } from './context-variables.ts';
import type { GatewayRequestHead } from './gateway-request.ts';
import { type Admission, logTime } from './request-event.ts';
import type { RestApi } from './rest-api.ts';

/** The `$context` variables that are known before the response. */
export function requestVariables(
  { accountId }: Pick<Template, 'accountId'>,
  api: RestApi,
  request: GatewayRequestHead,
  { authorization, apiKey }: Admission,
): ContextVariables {
  const known: { readonly [name: string]: string | undefined } = {
    accountId,
    apiId: api.id,
    domainName: request.headers.get('host')?.[0],
    extendedRequestId: request.requestId,
    httpMethod: request.method,
    'identity.apiKey': apiKey?.value,
    'identity.apiKeyId': apiKey?.id,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': request.headers.get('user-agent')?.[0],
    path: request.askedPath,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: logTime(request.receivedAtMs),
    requestTimeEpoch: String(request.receivedAtMs),
    resourceId: request.route?.resourceId,
    resourcePath: request.route?.resourcePath,
    stage: request.stage.name,
    'authorizer.principalId': authorization?.principalId,
  };
  const context = Object.entries(authorization?.context ?? {}).map(
    ([name, value]) => [`authorizer.${name}`, value] as const,
  );
  const present = Object.entries(known).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new Map([...present, ...context]);
}
