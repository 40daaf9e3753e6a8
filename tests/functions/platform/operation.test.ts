import { describe, expect, it } from 'vitest';
import { Caller } from '../../../functions/platform/operation.ts';

describe('Caller', () => {
  it('is read from the answer of a newer authorizer, which may say more', () => {
    const caller = { workspaceId: 'acme', role: 'member', keyId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D' };
    expect(Caller.parse({ ...caller, plan: 'of another version' })).toEqual(caller);
  });
});
