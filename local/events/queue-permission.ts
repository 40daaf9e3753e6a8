import { z } from 'zod';
import { cannotRun } from '../errors.ts';
import { matchesWildcard } from '../gate/wildcard.ts';
import { resourcesOf } from '../template.ts';
import type { Resource, Template } from '../types.ts';

const OneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Action: OneOrMore.optional(),
        Principal: z.union([z.string(), z.object({ Service: OneOrMore.optional() })]).optional(),
        Condition: z.record(z.string(), z.record(z.string(), OneOrMore)).default({}),
      }),
    ),
  }),
});
type Statement = z.infer<typeof Policy>['PolicyDocument']['Statement'][number];

/**
 * Requires the queue policy that allows S3 to send a bucket's events to the queue.
 *
 * @throws CannotRunError when the template has none: on AWS the deployment would fail
 */
export function requireSendPermission(template: Template, queueArn: string, bucket: Resource, where: string): void {
  const queue = resourcesOf(template, 'AWS::SQS::Queue').find(({ arn }) => arn === queueArn);
  const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter(({ properties }) => {
    const { Queues } = properties;
    return Array.isArray(Queues) && Queues.includes(queue?.physicalId ?? '');
  });
  const statements = policies.flatMap(({ properties }) => Policy.parse(properties).PolicyDocument.Statement);
  if (statements.some((statement) => allowsS3(statement, bucket.arn ?? ''))) return;
  throw cannotRun(where, `no AWS::SQS::QueuePolicy allows s3.amazonaws.com to send messages to ${queueArn}`);
}

function allowsS3({ Effect, Action = [], Principal, Condition }: Statement, bucketArn: string): boolean {
  const services = typeof Principal === 'object' ? (Principal.Service ?? []) : [];
  const sources = Object.values(Condition).flatMap((operands) => operands['aws:SourceArn'] ?? []);
  return (
    Effect === 'Allow' &&
    services.includes('s3.amazonaws.com') &&
    Action.some((action) => matchesWildcard(action.toLowerCase(), 'sqs:sendmessage')) &&
    (sources.length === 0 || sources.some((source) => matchesWildcard(source, bucketArn)))
  );
}
