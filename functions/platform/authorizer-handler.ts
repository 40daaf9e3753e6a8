import middy from '@middy/core';
import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import { valuesOf } from './http-request.ts';
import { API_KEY_HEADER } from './names/api-keys.ts';
import { log, observed, reported } from './observability.ts';
import type { Caller } from './operation.ts';

/** A caller, and the value of the gateway's own key under which the usage plan limits the caller's requests. */
export type Known = { readonly caller: Caller; readonly gatewayKey: string };

/** `REQUEST` is the event of earlier releases: a deployment replaces the function before the gateway's setting. */
type AuthorizerEvent = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

/**
 * A Lambda authorizer that allows the callers whom `identify` returns.
 *
 * It knows of a request only the token, under which API Gateway caches the answer, so the answer is always that token's.
 * Others get a Deny policy, which the gateway returns as 401. Throwing 'Unauthorized' would also give 401, but count as an
 * error of this function, so that any caller could set off its alarm.
 */
export const authorizerHandler = (identify: (apiKey: string) => Promise<Known | undefined>) =>
  middy<AuthorizerEvent, APIGatewayAuthorizerResult>({ timeoutEarlyInMillis: 0 })
    .use(observed<AuthorizerEvent>())
    .use(reported)
    .handler(async (event) => {
      const token = tokenOf(event);
      const known = token ? await identify(token) : undefined;
      log.info(known ? 'Allowed' : 'Denied', { ...known?.caller });
      return stagePolicy(event.methodArn, known);
    });

function tokenOf(event: AuthorizerEvent): string | undefined {
  if (event.type === 'TOKEN') return event.authorizationToken;
  const [only, ...others] = valuesOf(event, API_KEY_HEADER);
  return others.length === 0 ? only : undefined;
}

/**
 * Allows or denies the whole stage, not only the called method: the gateway caches the policy for all requests with this key.
 * The functions check the role.
 */
export const stagePolicy = (methodArn: string, known: Known | undefined): APIGatewayAuthorizerResult => ({
  principalId: known?.caller.keyId ?? 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: known ? 'Allow' : 'Deny', Resource: stageArn(methodArn) }],
  },
  ...(known && { context: { ...known.caller }, usageIdentifierKey: known.gatewayKey }),
});

/** `…:api-id/stage/*` of `…:api-id/stage/GET/path`. */
const stageArn = (methodArn: string): string => `${methodArn.split('/').slice(0, 2).join('/')}/*`;
