import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { headerOf } from './http-request.ts';
import { log, observed, reported } from './observability.ts';
import type { Caller } from './operation.ts';

/**
 * A Lambda authorizer that allows the callers whom `identify` returns.
 *
 * Others get a Deny policy, which the gateway returns as 401. Throwing 'Unauthorized' would also give 401, but count as an
 * error of this function, so that any caller could set off its alarm.
 */
export const authorizerHandler = (identify: (apiKey: string) => Promise<Caller | undefined>) =>
  middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>({ timeoutEarlyInMillis: 0 })
    .use(observed<APIGatewayRequestAuthorizerEvent>(({ event }) => event.requestContext.requestId))
    .use(reported)
    .handler(async (event) => {
      const apiKey = headerOf({ headers: event.headers ?? {} }, 'X-Api-Key');
      const caller = apiKey ? await identify(apiKey) : undefined;
      log.info(caller ? 'Allowed' : 'Denied', { ...caller });
      return stagePolicy(event.methodArn, caller);
    });

/**
 * Allows or denies the whole stage, not only the called method: the gateway caches the policy for all requests with this key.
 * The functions check the role.
 */
export const stagePolicy = (methodArn: string, caller: Caller | undefined): APIGatewayAuthorizerResult => ({
  principalId: caller?.keyId ?? 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: caller ? 'Allow' : 'Deny', Resource: stageArn(methodArn) }],
  },
  ...(caller && { context: { ...caller } }),
});

/** `…:api-id/stage/*` of `…:api-id/stage/GET/path`. */
const stageArn = (methodArn: string): string => `${methodArn.split('/').slice(0, 2).join('/')}/*`;
