import { describe, expect, it } from 'vitest';
import {
  allowedBytes,
  type FormField,
  type PostPolicy,
  parsePostPolicy,
  policyRefusal,
} from '../../../local/bucket-front/post-policy.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function policyOf(conditions: unknown[], expiration = '2026-11-22T11:00:00Z'): PostPolicy {
  const policy = parsePostPolicy(Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64'));
  if ('code' in policy) throw new Error(policy.message);
  return policy;
}

const fields = (values: { [name: string]: string }): FormField[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const refusal = (conditions: unknown[], values: { [name: string]: string }) =>
  policyRefusal(policyOf(conditions), fields(values), NOW)?.message.replace('Invalid according to Policy: ', '');

describe('policyRefusal', () => {
  it('passes a form that every condition covers', () => {
    expect(
      refusal([{ key: 'a' }, ['starts-with', '$Content-Type', 'image/']], { key: 'a', 'content-type': 'image/png' }),
    ).toBeUndefined();
  });

  it('compares names without regard to case, values with it', () => {
    expect(refusal([['eq', '$KEY', 'a']], { Key: 'a' })).toBeUndefined();
    expect(refusal([['eq', '$key', 'a']], { key: 'A' })).toBe('Policy Condition failed: ["eq","$key","a"]');
  });

  it('wants a field that a condition names', () => {
    expect(refusal([{ acl: 'private' }], {})).toBe('Policy Condition failed: ["eq","$acl","private"]');
  });

  it('takes any value where a condition starts with nothing', () => {
    expect(refusal([['starts-with', '$x-amz-meta-tag', '']], { 'x-amz-meta-tag': 'anything' })).toBeUndefined();
  });

  it('wants each of several content types to begin so', () => {
    const conditions = [['starts-with', '$Content-Type', 'image/']];
    expect(refusal(conditions, { 'Content-Type': 'image/png, text/html' })).toContain('Policy Condition failed');
  });

  it('names fields which no condition covers, save those that S3 exempts', () => {
    const values = { 'x-amz-signature': '0', policy: 'p', 'x-ignore-me': '1', acl: 'public-read', 'x-amz-meta-a': 'b' };
    expect(refusal([], values)).toBe('Extra input fields: acl,x-amz-meta-a');
  });

  it('ends at the very millisecond of the expiration', () => {
    const policy = policyOf([], '2026-11-22T10:00:00.000Z');
    expect(policyRefusal(policy, [], NOW - 1)).toBeUndefined();
    expect(policyRefusal(policy, [], NOW)?.message).toBe('Invalid according to Policy: Policy expired.');
  });
});

describe('allowedBytes', () => {
  it('is what all ranges allow together, and never more than the limit', () => {
    const ranges = [
      ['content-length-range', 1, 100],
      ['content-length-range', '10', '50'],
    ];
    expect(allowedBytes(policyOf(ranges), 1000)).toEqual({ min: 10, max: 50 });
    expect(allowedBytes(policyOf(ranges), 20)).toEqual({ min: 10, max: 20 });
    expect(allowedBytes(policyOf([]), 20)).toEqual({ min: 0, max: 20 });
  });
});

describe('parsePostPolicy', () => {
  it.each([
    ['no JSON', '{'],
    ['no expiration', '{"conditions":[]}'],
    ['no conditions', '{"expiration":"2026-11-22T11:00:00Z"}'],
    ['an expiration that is no time', '{"expiration":"soon","conditions":[]}'],
    ['an unknown condition', '{"expiration":"2026-11-22T11:00:00Z","conditions":[["matches","$key",".*"]]}'],
    ['a negative size', '{"expiration":"2026-11-22T11:00:00Z","conditions":[["content-length-range",-1,5]]}'],
  ])('refuses %s', (_what, text) => {
    expect(parsePostPolicy(Buffer.from(text).toString('base64'))).toMatchObject({ code: 'InvalidPolicyDocument' });
  });
});
