import { describe, expect, it } from 'vitest';
import { stagePolicy } from '../../../functions/platform/authorizer-handler.ts';
import { Caller } from '../../../functions/platform/operation.ts';
import { KEY_ID } from './lambda-events.ts';

const METHOD = 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/GET/api/v1/jobs';
const caller = Caller.parse({ workspaceId: 'acme', role: 'member', keyId: KEY_ID });

describe('stagePolicy', () => {
  it('allows the whole stage, because the gateway caches the policy for other methods', () => {
    expect(stagePolicy(METHOD, caller).policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/*',
      },
    ]);
  });

  it('passes the caller to the functions', () => expect(stagePolicy(METHOD, caller).context).toEqual(caller));

  it('denies a stranger', () => {
    expect(stagePolicy(METHOD, undefined).policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
  });

  it('has no context for an unknown caller', () =>
    expect(stagePolicy(METHOD, undefined)).not.toHaveProperty('context'));
});
