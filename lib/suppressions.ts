import { CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag that we live with. */
export type Suppression = {
  readonly rule: string;
  /** paths below the stack; left out: everywhere */
  readonly on?: readonly string[];
  readonly reason: string;
};

const PUBLIC_METHODS = ['Api/RestApi/Rest/Default/api/v1/health/GET', 'Api/RestApi/Rest/Default/api/v1/ready/GET'];

/** Everything that cdk-nag may find and we leave as it is, and why. Nothing is suppressed anywhere else. */
const listFor = (mediaBucketId: string): readonly Suppression[] => [
  {
    rule: 'AwsSolutions-APIG2',
    reason: 'Handlers hold every request to a zod schema, and answer with what was expected; the gateway could not.',
  },
  {
    rule: 'AwsSolutions-APIG3',
    reason: 'No web ACL: $5 a month and more for each stage, while keys, quotas and throttles already bound a caller.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    on: PUBLIC_METHODS,
    reason:
      'Load balancers and people ask how the service is without holding a key; throttled for all of them together.',
  },
  {
    rule: 'AwsSolutions-COG4',
    reason:
      'Callers are programs with API keys, which a Lambda authorizer checks by their hash; there are no user pools.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    on: ['Api/RestApi/LogRole'],
    reason: 'API Gateway demands these permissions on all log groups before it logs for any API of the account.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/uploads/*]`,
    on: ['Jobs/JobsApi', 'Pipeline/AssessPhoto', 'Pipeline/PicturesApi'],
    reason:
      'Photos are named by workspace, job and photo, which are not known beforehand; the prefix is as narrow as it gets.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::<${mediaBucketId}.Arn>/derived/*]`,
    on: ['Pipeline/AssessPhoto', 'Pipeline/PicturesApi'],
    reason: 'Pictures are named by workspace, job and photo, which are not known beforehand.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:apigateway:<AWS::Region>::/apikeys/*]',
    on: ['Workspaces/KeysApi'],
    reason:
      'The ids of API keys are not known beforehand. It may delete them, and read none. No condition on a tag holds it to its own: what tagging a key while it is made takes was never tried on AWS, and a wrong guess would end the making of keys.',
  },
  {
    rule: 'Serverless-APIGWXrayEnabled',
    reason: 'Traces cost $5 a million; request ids tie the access log to the logs of the functions.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    on: ['Jobs/EveryMinute'],
    reason: 'A sweep that is lost is made up for a minute later; the alarm SweepJobs-Silent sees when none comes.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    reason:
      'Gateway and queues wait for answers, and queues have dead letters. Only SweepJobs is invoked asynchronously: the next sweep makes up for one that fails, and the alarms SweepJobs-Errors and SweepJobs-Silent see it.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    reason: 'Only for streams. A queue moves what cannot be dealt with to its dead letters by itself.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    reason: 'Traces cost $5 a million; job and request ids tie the logs together, and the AWS SDK is not instrumented.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    on: ['Pipeline/ConclusionsQueue/DeadLetters', 'Pipeline/DeadPhotosQueue/DeadLetters'],
    reason: 'These are the dead letters; an alarm pages as soon as one of them holds a message.',
  },
];

/** The whole list; some rules name a resource by its logical id. */
export const suppressionsFor = (stack: Stack): readonly Suppression[] => listFor(logicalIdOf(stack, 'Media/Bucket'));

/** Tells cdk-nag what we live with. */
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
