import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../local/gate/evaluate.ts';
import { parsePolicy } from '../../../local/gate/policy-document.ts';
import type { JsonObject } from '../../../local/types.ts';

const principal = {
  roleArn: 'arn:aws:iam::000000000000:role/R',
  sessionArn: 'arn:aws:sts::000000000000:assumed-role/R/local',
  accountId: '000000000000',
};
const required = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: new Map() };
const policy = (...Statement: JsonObject[]) => parsePolicy({ Statement }, 'Policy');
const decide = (identity: JsonObject[], resource: JsonObject[] = []) =>
  evaluate(required, principal, { identity: policy(...identity), resource: policy(...resource) });

const ALLOW = { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' };
const DENY = { ...ALLOW, Effect: 'Deny' };

describe('evaluate', () => {
  it('refuses what nothing allows', () => {
    expect(decide([])).toEqual({ allowed: false, because: 'no-allow' });
  });

  it('ignores the case of actions, not of resources', () => {
    expect(decide([{ ...ALLOW, Action: 'S3:getobject' }]).allowed).toBe(true);
    expect(decide([{ ...ALLOW, Resource: 'arn:aws:s3:::B/*' }]).allowed).toBe(false);
  });

  it('reads NotAction and NotResource as everything else', () => {
    expect(decide([{ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }]).allowed).toBe(true);
    expect(decide([{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' }]).allowed).toBe(false);
  });

  it('lets the resource’s policy allow the role by itself', () => {
    expect(decide([], [{ ...ALLOW, Principal: { AWS: principal.roleArn } }]).allowed).toBe(true);
    expect(decide([], [{ ...ALLOW, Principal: '*' }]).allowed).toBe(true);
  });

  it('takes a grant to the account for no grant to the role', () => {
    expect(decide([], [{ ...ALLOW, Principal: { AWS: 'arn:aws:iam::000000000000:root' } }]).allowed).toBe(false);
  });

  it('does not apply to a role what is said of a service', () => {
    expect(decide([], [{ ...ALLOW, Principal: { Service: 's3.amazonaws.com' } }]).allowed).toBe(false);
    expect(decide([ALLOW], [{ ...DENY, Principal: { Service: 's3.amazonaws.com' } }]).allowed).toBe(true);
  });

  it('never lets an allow outweigh a deny', () => {
    const statements = fc.array(fc.constantFrom(ALLOW, { ...ALLOW, Action: '*' }, { ...ALLOW, Resource: '*' }));
    const denies = fc.constantFrom(
      DENY,
      { ...DENY, Action: '*' },
      { Effect: 'Deny', NotAction: 's3:Put*', Resource: '*' },
    );
    fc.assert(
      fc.property(statements, denies, statements, (before, deny, after) => {
        expect(decide([...before, deny, ...after])).toEqual({ allowed: false, because: 'identity-deny' });
        expect(
          decide(
            before,
            [...after, deny].map((one) => ({ ...one, Principal: '*' })),
          ).allowed,
        ).toBe(false);
      }),
    );
  });
});

describe('parsePolicy', () => {
  it.each([
    ['an unknown element', { ...ALLOW, Principals: '*' }, 'Policy.Statement[0].Principals'],
    [
      'a policy variable',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own notation
      { ...ALLOW, Resource: 'arn:aws:s3:::b/${aws:username}' },
      'policy variables are not supported',
    ],
    [
      'an unknown condition key',
      { ...ALLOW, Condition: { StringEquals: { 's3:ExistingObjectTag/x': 'y' } } },
      's3:existingobjecttag/x',
    ],
    ['no resource', { Effect: 'Allow', Action: '*' }, 'Policy.Statement[0]: has no Resource'],
    ['no effect', { Action: '*', Resource: '*' }, 'Policy.Statement[0].Effect'],
  ])('names %s', (_what, statement, message) => {
    expect(() => policy(statement)).toThrow(message);
  });

  it('leaves the conditions of services alone which the runner does not serve', () => {
    const statement = {
      Effect: 'Allow',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'X' } },
    };
    expect(policy(statement)).toHaveLength(1);
  });
});
