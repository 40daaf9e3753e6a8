import { z } from 'zod';
import { Anything, byLogicalId, type KnownType, nameOf, REASONS } from './known-type.ts';

/** IAM: enforced by `local/gate`. */
export const ACCESS: { readonly [type: string]: KnownType } = {
  'AWS::IAM::Role': {
    does: 'credentials of its own, and its policies enforced at the gate',
    honours: z.strictObject({
      RoleName: z.string().optional(),
      AssumeRolePolicyDocument: Anything,
      ManagedPolicyArns: z.array(z.string()).optional(),
      Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: Anything })).optional(),
    }),
    ignores: {
      Description: 'a text for people',
      MaxSessionDuration: 'credentials last as long as the runner',
      Path: 'part of a name',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'RoleName');
      const arn = `arn:${self.partition}:iam::${self.accountId}:role/${name}`;
      return { physicalId: name, arn, attributes: { Arn: arn, RoleId: name } };
    },
  },
  'AWS::IAM::Policy': {
    does: 'enforced at the gate for the roles it names',
    honours: z.strictObject({
      PolicyName: z.string(),
      PolicyDocument: Anything,
      Roles: z.array(z.string()).optional(),
    }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::IAM::ManagedPolicy': {
    does: 'enforced at the gate for the roles that hold it',
    honours: z.strictObject({
      ManagedPolicyName: z.string().optional(),
      PolicyDocument: Anything,
      Roles: z.array(z.string()).optional(),
    }),
    ignores: { Description: 'a text for people', Path: 'part of a name' },
    identity: (self) => {
      const arn = `arn:${self.partition}:iam::${self.accountId}:policy/${nameOf(self, 'ManagedPolicyName')}`;
      return { physicalId: arn, arn, attributes: { PolicyArn: arn } };
    },
  },
};
