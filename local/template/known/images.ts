import { z } from 'zod';
import { Anything, arnOf, byLogicalId, type KnownType, nameOf, REASONS } from './known-type.ts';

/** How a stack builds an image of its own. Here a function runs from the image's build context, which the assembly has. */
export const IMAGES: { readonly [type: string]: KnownType } = {
  'AWS::ECR::Repository': {
    does: 'a name in the URI of an image',
    honours: z.strictObject({ RepositoryName: z.string().optional() }),
    ignores: {
      EmptyOnDelete: 'nothing is stored in it here',
      ImageScanningConfiguration: 'scanning is AWS’s work',
      ImageTagMutability: 'nothing is stored in it here',
      LifecyclePolicy: 'nothing is stored in it here',
      RepositoryPolicyText: 'nobody pulls from it here',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'RepositoryName', 256).toLowerCase();
      const arn = arnOf(self, 'ecr', `repository/${name}`);
      const uri = `${self.accountId}.dkr.ecr.${self.region}.amazonaws.com/${name}`;
      return { physicalId: name, arn, attributes: { Arn: arn, RepositoryUri: uri } };
    },
  },
  'AWS::CodeBuild::Project': {
    does: 'nothing: an image runs from its build context here, and is not built',
    honours: z.strictObject({ Name: z.string().optional() }),
    ignores: {
      Artifacts: 'nothing is built here',
      Description: 'a text for people',
      EncryptionKey: REASONS.encryption,
      Environment: 'nothing is built here',
      LogsConfig: 'nothing is built here',
      QueuedTimeoutInMinutes: 'nothing is built here',
      ServiceRole: 'nothing is built here',
      Source: 'nothing is built here',
      Tags: REASONS.tags,
      TimeoutInMinutes: 'nothing is built here',
    },
    identity: (self) => {
      const name = nameOf(self, 'Name', 255);
      const arn = arnOf(self, 'codebuild', `project/${name}`);
      return { physicalId: name, arn, attributes: { Arn: arn } };
    },
  },
  'Custom::ContainerImage': {
    does: 'nothing: the function that would have the image built is not asked',
    honours: z.strictObject({ ServiceToken: z.string(), imageTag: Anything }),
    ignores: { ServiceTimeout: 'nobody waits here' },
    identity: byLogicalId,
  },
};
