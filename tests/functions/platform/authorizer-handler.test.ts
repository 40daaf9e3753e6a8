import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { authorizerHandler, stagePolicy } from '../../../functions/platform/authorizer-handler.ts';
import { Caller } from '../../../functions/platform/operation.ts';
import { context, KEY_ID, requestTo } from './lambda-events.ts';

const METHOD = 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/GET/api/v1/jobs';
const caller = Caller.parse({ workspaceId: 'acme', role: 'member', keyId: KEY_ID });

const known = { caller, gatewayKey: 'fettledevworkspaces0' };

const handler = authorizerHandler(async (secret) => (secret === 'right' ? known : undefined));
const effectOf = async (event: Parameters<typeof handler>[0]) =>
  (await handler(event, context)).policyDocument.Statement[0]?.Effect;

describe('authorizerHandler', () => {
  it.each([
    ['right', 'Allow'],
    ['wrong', 'Deny'],
    ['', 'Deny'],
  ])('knows of the request the token %j alone: %s', async (authorizationToken, effect) => {
    expect(await effectOf({ type: 'TOKEN', authorizationToken, methodArn: METHOD })).toBe(effect);
  });

  it.each([
    [{ 'X-Api-Key': ['right'] }, 'Allow'],
    [{ 'x-api-key': ['right'] }, 'Allow'],
    [{ 'X-Api-Key': ['right', 'right'] }, 'Deny'],
    [{ 'X-Api-Key': ['right'], 'x-api-key': ['wrong'] }, 'Deny'],
    [{ 'X-Api-Key': ['', 'right'] }, 'Deny'],
    [{ 'X-Api-Key': ['right,right'] }, 'Deny'],
    [{}, 'Deny'],
    [null, 'Deny'],
  ])('takes from the event of earlier releases one header: %j %s', async (multiValueHeaders, effect) => {
    const { requestContext, ...request } = requestTo('getJob');
    const event = { ...request, type: 'REQUEST', methodArn: METHOD, multiValueHeaders, requestContext };
    expect(await effectOf(event as APIGatewayRequestAuthorizerEvent)).toBe(effect);
  });
});

describe('stagePolicy', () => {
  it('allows the whole stage, because the gateway caches the policy for other methods', () => {
    expect(stagePolicy(METHOD, known).policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/*',
      },
    ]);
  });

  it('passes the caller to the functions', () => expect(stagePolicy(METHOD, known).context).toEqual(caller));

  it('names the key of the gateway that limits the caller', () =>
    expect(stagePolicy(METHOD, known).usageIdentifierKey).toBe(known.gatewayKey));

  it('denies a stranger', () => {
    expect(stagePolicy(METHOD, undefined).policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
  });

  it('has no context for an unknown caller', () =>
    expect(stagePolicy(METHOD, undefined)).not.toHaveProperty('context'));
});
