import { describe, expect, it } from 'vitest';
import { stagePolicy } from '../../../functions/platform/authorizer-handler.ts';
import { Caller } from '../../../functions/platform/operation.ts';
import { KEY_ID } from './lambda-events.ts';

const METHOD = 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/GET/api/v1/jobs';
const caller = Caller.parse({ workspaceId: 'acme', role: 'member', keyId: KEY_ID });

describe('stagePolicy', () => {
  it('lets a caller into the whole stage, because the answer is reused for other methods', () => {
    expect(stagePolicy(METHOD, caller).policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:eu-central-1:000000000000:abc123/live/*',
      },
    ]);
  });

  it('tells the functions who it is', () => expect(stagePolicy(METHOD, caller).context).toEqual(caller));

  it('denies a stranger', () => {
    expect(stagePolicy(METHOD, undefined).policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
  });

  it('tells nothing of a stranger', () => expect(stagePolicy(METHOD, undefined)).not.toHaveProperty('context'));
});
