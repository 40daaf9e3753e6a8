import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { headerOf } from './http-request.ts';
import { log, observed } from './observability.ts';
import type { Caller } from './operation.ts';

/**
 * A Lambda authorizer that lets in whom `identify` knows.
 *
 * A stranger gets a Deny, which the gateway answers with 401. Throwing 'Unauthorized' would be answered alike, but would
 * count as an error of this function, so that anybody could set off its alarm.
 */
export const authorizerHandler = (identify: (apiKey: string) => Promise<Caller | undefined>) =>
  middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>({ timeoutEarlyInMillis: 0 })
    .use(observed<APIGatewayRequestAuthorizerEvent>(({ event }) => event.requestContext.requestId))
    .handler(async (event) => {
      const apiKey = headerOf({ headers: event.headers ?? {} }, 'X-Api-Key');
      const caller = apiKey ? await identify(apiKey) : undefined;
      log.info(caller ? 'Let in' : 'Turned away', { ...caller });
      return stagePolicy(event.methodArn, caller);
    });

/**
 * Allows or denies the whole stage, not the one method that was called: the gateway reuses the answer for every request
 * with this key while it is cached. Which role may do what is checked by the functions.
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
