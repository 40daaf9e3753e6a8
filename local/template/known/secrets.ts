import { z } from 'zod';
import { arnOf, type KnownType, nameOf, REASONS, shortIdOf } from './known-type.ts';

/** Secrets Manager's suffix of an ARN, which keeps the permission on a deleted secret from holding for a new one of its name. */
const SUFFIX_CHARACTERS = 6;

/** Secrets. */
export const SECRETS: { readonly [type: string]: KnownType } = {
  'AWS::SecretsManager::Secret': {
    does: 'a secret without a value, until the operator puts one; it is in a file that only its owner can read',
    honours: z.strictObject({ Name: z.string().optional() }),
    ignores: { Description: 'a text for people', KmsKeyId: REASONS.encryption, Tags: REASONS.tags },
    identity: (self) => {
      const name = nameOf(self, 'Name', 512);
      const arn = arnOf(self, 'secretsmanager', `secret:${name}-${shortIdOf(self).slice(0, SUFFIX_CHARACTERS)}`);
      return { physicalId: arn, arn, attributes: { Id: arn } };
    },
  },
};
