import { z } from 'zod';
import { arnOf, type KnownType, REASONS } from './known-type.ts';

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

export const NESTED: { readonly [type: string]: KnownType } = {
  [NESTED_STACK]: {
    does: 'its resources are resources of the whole',
    honours: z.strictObject({ TemplateURL: z.string(), Parameters: z.record(z.string(), z.unknown()).optional() }),
    ignores: {
      NotificationARNs: 'no stack events are published here',
      TimeoutInMinutes: 'a limit of AWS’s provisioning',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const arn = arnOf(self, 'cloudformation', `stack/${self.stackName}-${self.logicalId}/local`);
      return { physicalId: arn, arn };
    },
  },
};
