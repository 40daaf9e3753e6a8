import { z } from 'zod';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Json, Resource, Template } from '../types.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

const Document = z.custom<Json>((value) => typeof value === 'object' && value !== null);
const BucketPolicy = z.strictObject({ Bucket: z.string(), PolicyDocument: Document });
const QueuePolicy = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: Document });
const TopicPolicy = z.strictObject({ Topics: z.array(z.string()), PolicyDocument: Document });

/** The statements that the template attaches to a bucket, queue or topic, by the resource's ARN. */
export type ResourcePolicies = ReadonlyMap<string, readonly Statement[]>;

/** Reads every bucket, queue and topic policy of the template. */
export function readResourcePolicies(template: Template): ResourcePolicies {
  const { partition, region, accountId } = template;
  const queueArn = (url: string) =>
    `arn:${partition}:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;
  const attachments = [
    ...resourcesOf(template, 'AWS::S3::BucketPolicy').flatMap((resource) => {
      const { Bucket, PolicyDocument } = readProperties(resource, BucketPolicy);
      return attach(resource, [`arn:${partition}:s3:::${Bucket}`], PolicyDocument);
    }),
    ...resourcesOf(template, 'AWS::SQS::QueuePolicy').flatMap((resource) => {
      const { Queues, PolicyDocument } = readProperties(resource, QueuePolicy);
      return attach(resource, Queues.map(queueArn), PolicyDocument);
    }),
    ...resourcesOf(template, 'AWS::SNS::TopicPolicy').flatMap((resource) => {
      const { Topics, PolicyDocument } = readProperties(resource, TopicPolicy);
      return attach(resource, Topics, PolicyDocument);
    }),
  ];
  const byArn = new Map<string, readonly Statement[]>();
  for (const [arn, statements] of attachments) byArn.set(arn, [...(byArn.get(arn) ?? []), ...statements]);
  return byArn;
}

/** The statements attached to the resource, or to an object's bucket. */
export function policiesOf(policies: ResourcePolicies, resourceArn: string): readonly Statement[] {
  const bucketArn = resourceArn.split('/')[0] ?? resourceArn;
  return policies.get(resourceArn) ?? policies.get(bucketArn) ?? [];
}

function attach(resource: Resource, arns: readonly string[], document: Json): [string, readonly Statement[]][] {
  const where = `${resource.logicalId} (${resource.type}) Properties.PolicyDocument`;
  const statements = parsePolicy(document, where);
  return arns.map((arn) => [arn, statements]);
}
