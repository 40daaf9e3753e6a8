import { CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** An acknowledged finding of cdk-nag. */
export type Suppression = {
  readonly rule: string;
  /** construct paths below the stack; default: everywhere */
  readonly on?: readonly string[];
  readonly reason: string;
};

const PUBLIC_METHODS = ['Api/RestApi/Rest/Default/api/v1/health/GET', 'Api/RestApi/Rest/Default/api/v1/ready/GET'];

/** All acknowledged findings of cdk-nag, with reasons. Nothing is suppressed anywhere else. */
const listFor = (stackName: string, mediaBucketId: string): readonly Suppression[] => [
  {
    rule: 'AwsSolutions-APIG2',
    reason: 'Handlers validate every request with a zod schema, and name what was expected; the gateway cannot.',
  },
  {
    rule: 'AwsSolutions-APIG3',
    reason: 'No web ACL: $5 a month and more for each stage; keys, quotas and throttles already limit each caller.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    on: PUBLIC_METHODS,
    reason: 'Health checks have no key; the routes are throttled for all callers together.',
  },
  {
    rule: 'AwsSolutions-COG4',
    reason:
      'Callers are programs with API keys, which a Lambda authorizer looks up by their hash; there are no user pools.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    on: ['Releases/Role'],
    reason: 'CodeDeploy reads the states of alarms as a list, and changes none.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${stackName}-*]`,
    on: ['Releases/Role'],
    reason: 'The aliases and versions of the functions of this stack, whose names begin so.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    on: ['Api/RestApi/LogRole'],
    reason:
      'API Gateway requires these permissions on all log groups before it writes a log for any API of the account.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/uploads/*]`,
    on: ['Jobs/JobsApi', 'Pipeline/AssessPhoto', 'Pipeline/DeadPhotos', 'Pipeline/PicturesApi'],
    reason:
      'Keys of photos contain workspace, job and photo ids, unknown at deployment; the prefix is the narrowest pattern.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/derived/*]`,
    on: ['Pipeline/AssessPhoto', 'Pipeline/PicturesApi'],
    reason: 'Keys of pictures contain workspace, job and photo ids, unknown at deployment.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    on: ['Valuations/ProviderKeys'],
    reason: 'Keys of other companies, which issue new ones to a person and to no program; the operator puts them.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/books/*]`,
    on: ['Valuations/ValuationsApi', 'Valuations/FileComps', 'Pipeline/ConcludeJob'],
    reason: 'Keys of books contain workspaces and random ids, unknown at deployment.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/imports/*]`,
    on: ['Valuations/ValuationsApi', 'Valuations/FileComps'],
    reason: 'Keys of uploaded tables contain workspaces and ids of uploads, unknown at deployment.',
  },
  {
    rule: 'Serverless-APIGWXrayEnabled',
    reason: 'Traces cost $5 a million; request ids connect the access log with the logs of the functions.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    on: ['Jobs/EveryMinute', 'Valuations/EveryMinute'],
    reason:
      'The next run, a minute later, finds the same work; SweepJobs-Silent goes off when sweeps stop, and comps that are not filed are read where they are.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    reason:
      'API Gateway invokes synchronously, and queues have dead-letter queues. Only SweepJobs and FileComps are invoked asynchronously: the next run finds the same work, and the alarms SweepJobs-Failing, SweepJobs-Silent and FileComps-Failing watch them.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    reason: 'Only for streams. A queue has a redrive policy of its own.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    reason: 'Traces cost $5 a million; job and request ids connect the logs, and the AWS SDK is not instrumented.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    on: ['Pipeline/ConclusionsQueue/DeadLetters', 'Pipeline/DeadPhotosQueue/DeadLetters'],
    reason: 'These are dead-letter queues; an alarm pages as soon as one of them holds a message.',
  },
];

/** Of the image's build in the account. */
const OF_IMAGE: readonly Suppression[] = [
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    on: ['Image/BuildRole'],
    reason: 'ecr:GetAuthorizationToken takes no resource; what the token is good for, the other statements limit.',
  },
  {
    rule: 'AwsSolutions-CB4',
    on: ['Image/Project'],
    reason: 'The project stores no artifact, and the build context is our own code.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    on: ['Image/BuildEnded'],
    reason: 'CloudFormation waits for the answer for 45 minutes, then fails the deployment, which can be repeated.',
  },
];

/** The list for one stack: some rules name a resource by its logical id. */
export const suppressionsFor = (stack: Stack): readonly Suppression[] => [
  ...listFor(stack.stackName, logicalIdOf(stack, 'Media/Bucket')),
  ...(stack.node.tryFindChild('Image') ? OF_IMAGE : []),
];

/** Acknowledges the findings in the list. */
export function acknowledgeFindings(stack: Stack): void {
  for (const { rule, on = [''], reason } of suppressionsFor(stack)) {
    for (const path of on) Validations.of(constructAt(stack, path)).acknowledge({ id: rule, reason });
  }
}

function constructAt(stack: Stack, path: string): IConstruct {
  return path
    .split('/')
    .filter(Boolean)
    .reduce<IConstruct>((construct, id) => construct.node.findChild(id), stack);
}

function logicalIdOf(stack: Stack, path: string): string {
  const element = constructAt(stack, path).node.defaultChild;
  if (!CfnElement.isCfnElement(element)) throw new Error(`${path} is no resource`);
  return stack.getLogicalId(element);
}
