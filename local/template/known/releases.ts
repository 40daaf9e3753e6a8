import { z } from 'zod';
import { arnOf, type KnownType, nameOf, REASONS, type Self } from './known-type.ts';

/** A template publishes one version of each function: the first, and here the only one. */
export const ONLY_VERSION = '1';

export const LambdaVersion = z.strictObject({ FunctionName: z.string() });
export const LambdaAlias = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string(),
});

const NO_SHIFT = 'one version of each function runs here, to which no traffic is shifted';

/** The published versions of functions, their aliases, and how traffic is shifted between versions. */
export const RELEASES: { readonly [type: string]: KnownType } = {
  'AWS::Lambda::Version': {
    does: 'a name of the function, and the version that the function is told it is',
    honours: LambdaVersion,
    ignores: {
      CodeSha256: 'the code is that of the assembly',
      Description: 'a text for people',
      FunctionScalingConfig: REASONS.capacity,
      ProvisionedConcurrencyConfig: REASONS.capacity,
      RuntimePolicy: 'the project’s own Node runs it',
    },
    identity: (self) => {
      const arn = qualifiedArn(self, ONLY_VERSION);
      return { physicalId: arn, arn, attributes: { Version: ONLY_VERSION, FunctionArn: arn } };
    },
  },
  'AWS::Lambda::Alias': {
    does: 'a name of the function, with permissions and metrics of its own',
    // Without RoutingConfig: there is no second version to which it could route.
    honours: LambdaAlias,
    ignores: { Description: 'a text for people', ProvisionedConcurrencyConfig: REASONS.capacity },
    identity: (self) => {
      const arn = qualifiedArn(self, self.text('Name') ?? '');
      return { physicalId: arn, arn, attributes: { AliasArn: arn } };
    },
  },
  'AWS::CodeDeploy::Application': {
    does: 'nothing: it groups deployment groups',
    honours: z.strictObject({ ApplicationName: z.string().optional() }),
    ignores: { ComputePlatform: NO_SHIFT, Tags: REASONS.tags },
    identity: (self) => ({ physicalId: nameOf(self, 'ApplicationName', 100) }),
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    does: 'nothing: CodeDeploy shifts traffic when a deployment brings a new version, and here the template’s version runs from the start',
    honours: z.strictObject({ DeploymentGroupName: z.string().optional() }),
    ignores: {
      AlarmConfiguration: 'the alarms are evaluated, and nothing is rolled back by them here',
      ApplicationName: NO_SHIFT,
      AutoRollbackConfiguration: NO_SHIFT,
      DeploymentConfigName: NO_SHIFT,
      DeploymentStyle: NO_SHIFT,
      ServiceRoleArn: NO_SHIFT,
      Tags: REASONS.tags,
    },
    identity: (self) => ({ physicalId: nameOf(self, 'DeploymentGroupName', 100) }),
  },
};

/** A function is named by its name or its ARN. */
function qualifiedArn(self: Self, qualifier: string): string {
  const name = (self.text('FunctionName') ?? '').split(':').at(-1) ?? '';
  return arnOf(self, 'lambda', `function:${name}:${qualifier}`);
}
