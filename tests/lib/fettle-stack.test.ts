import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { fettleStack, needsIn, templateOf } from './synthesized.ts';

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Queue = {
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number(),
  RedrivePolicy: z.object({ deadLetterTargetArn: GetAtt, maxReceiveCount: z.number() }).optional(),
};

describe.each(ENVIRONMENT_NAMES)('FettleStack in %s', (name) => {
  const template = templateOf(name);
  const environment = environmentNamed(name);
  const functions = template.all('AWS::Lambda::Function', {
    Timeout: z.number(),
    MemorySize: z.number(),
    PackageType: z.string().optional(),
    Architectures: z.array(z.string()).optional(),
    Runtime: z.string().optional(),
    ImageConfig: z.object({ Command: z.array(z.string()) }).optional(),
    LoggingConfig: z.object({ LogGroup: Ref }),
  });
  const queues = template.all('AWS::SQS::Queue', Queue);
  const sources = template.all('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: GetAtt,
    FunctionName: Ref,
    BatchSize: z.number(),
    FunctionResponseTypes: z.array(z.string()),
    ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
  });
  const idOf = (arn: z.infer<typeof GetAtt>) => arn['Fn::GetAtt'][0];

  it('hides a message for six times as long as its function may run', () => {
    const short = sources.filter(({ props }) => {
      const queue = queues.find(({ id }) => id === idOf(props.EventSourceArn));
      const worker = functions.find(({ id }) => id === props.FunctionName.Ref);
      return (queue?.props.VisibilityTimeout ?? 0) < 6 * (worker?.props.Timeout ?? Number.POSITIVE_INFINITY);
    });
    expect(short).toEqual([]);
  });

  it('gives every queue that is worked on dead letters after five deliveries', () => {
    const deliveries = sources.map(
      ({ props }) => queues.find(({ id }) => id === idOf(props.EventSourceArn))?.props.RedrivePolicy?.maxReceiveCount,
    );
    expect(deliveries).toEqual([5, 5, 5]);
  });

  it('keeps messages for as long as SQS can', () => {
    expect(new Set(queues.map(({ props }) => props.MessageRetentionPeriod))).toEqual(new Set([14 * 86_400]));
  });

  it('has dead photos worked on, and their own dead letters watched', () => {
    const photos = queues.find(({ id }) => id.startsWith('PipelinePhotosQueue'));
    const dead = photos?.props.RedrivePolicy?.deadLetterTargetArn;
    expect(sources.map(({ props }) => idOf(props.EventSourceArn))).toContain(dead && idOf(dead));
  });

  it('answers for each message of a batch, and works on photos one by one', () => {
    const photos = sources.find(({ props }) => idOf(props.EventSourceArn).startsWith('PipelinePhotosQueue'));
    expect([photos?.props.BatchSize, ...sources.flatMap(({ props }) => props.FunctionResponseTypes)]).toEqual([
      1,
      ...sources.map(() => 'ReportBatchItemFailures'),
    ]);
  });

  it('bounds what each queue may run at the same time', () => {
    const atOnce = sources.map(({ props }) => props.ScalingConfig.MaximumConcurrency).sort((a, b) => a - b);
    expect(atOnce).toEqual([2, environment.conclusionsAtOnce, environment.photosAtOnce]);
  });

  it('refuses what comes without TLS, at every bucket, queue and topic', () => {
    const Statements = { PolicyDocument: z.looseObject({ Statement: z.array(z.unknown()) }) };
    const guarded = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
      template
        .all(type, Statements)
        .filter(({ props }) => JSON.stringify(props).includes('"aws:SecureTransport":"false"')),
    );
    const toGuard = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic'].flatMap((type) => template.all(type, {}));
    expect(guarded.length).toBe(toGuard.length);
  });

  it('can set tables back to any second, and pays them by request', () => {
    const tables = template.all('AWS::DynamoDB::Table', {
      BillingMode: z.string(),
      PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
    });
    expect(tables.map(({ props }) => props)).toEqual(
      tables.map(() => ({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      })),
    );
  });

  it('keeps tables and buckets in prod when the stack is removed, and has them deleted elsewhere', () => {
    const policies = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket']
      .flatMap((type) => template.all(type, {}))
      .map(({ DeletionPolicy }) => DeletionPolicy);
    expect(new Set(policies)).toEqual(new Set([environment.keepsData ? 'Retain' : 'Delete']));
  });

  it('versions media in prod, and only there', () => {
    const [media] = template
      .all('AWS::S3::Bucket', { VersioningConfiguration: z.object({ Status: z.string() }).optional() })
      .filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.props.VersioningConfiguration?.Status === 'Enabled').toBe(environment.keepsData);
  });

  it('announces uploads by a notification that no custom resource has to make', () => {
    const [media] = template
      .all('AWS::S3::Bucket', { NotificationConfiguration: z.unknown().optional() })
      .filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.props.NotificationConfiguration).toMatchObject({
      QueueConfigurations: [
        { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } } },
      ],
    });
  });

  it('lets S3 into the queue before it makes the bucket, which S3 tests', () => {
    const [media] = template.all('AWS::S3::Bucket', {}).filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.DependsOn?.some((id) => id.startsWith('PipelinePhotosQueuePolicy'))).toBe(true);
  });

  it('closes every bucket to the public', () => {
    const buckets = template.all('AWS::S3::Bucket', { PublicAccessBlockConfiguration: z.unknown().optional() });
    expect(buckets.map(({ props }) => props.PublicAccessBlockConfiguration)).toEqual(
      buckets.map(() => ({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      })),
    );
  });

  it('ends every log', () => {
    const logs = template.all('AWS::Logs::LogGroup', { RetentionInDays: z.number() });
    expect(new Set(logs.map(({ props }) => props.RetentionInDays))).toEqual(new Set([environment.logDays]));
  });

  it('has a log for each function', () => {
    expect(new Set(functions.map(({ props }) => props.LoggingConfig.LogGroup.Ref)).size).toBe(functions.length);
  });

  it('runs zips on Node 24', () => {
    const zips = functions.filter(({ props }) => props.PackageType !== 'Image');
    expect(new Set(zips.map(({ props }) => props.Runtime))).toEqual(new Set(['nodejs24.x']));
  });

  it('runs the image as what it was built for', () => {
    const images = functions.filter(({ props }) => props.PackageType === 'Image');
    expect(images.map(({ props }) => [props.Architectures, props.ImageConfig?.Command])).toEqual([
      [['x86_64'], ['assess-photo.handler']],
      [['x86_64'], ['pictures-api.handler']],
      [['x86_64'], ['models-api.handler']],
    ]);
  });

  it('needs no Lambda of the CDK’s own', () => {
    expect(functions.filter(({ id }) => /Custom|Provider|LogRetention/.test(id))).toEqual([]);
  });

  it('can be made in some order: in no stack does a resource wait for itself', () => {
    expect(template.stacks.flatMap((stack) => inCycles(needsIn(stack)))).toEqual([]);
  });

  it('has a fifth of what CloudFormation takes to spare in every stack', () => {
    const full = template.stacks.filter(
      ({ Resources, Parameters, Outputs }) =>
        Object.keys(Resources).length > 400 ||
        Object.keys(Parameters).length > 160 ||
        Object.keys(Outputs).length > 160,
    );
    expect(full).toEqual([]);
  });

  it('has no logical id twice, so that no name on one machine depends on nesting', () => {
    const ids = template.stacks.flatMap(({ Resources }) => Object.keys(Resources));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('gives a function its permissions before anything can call it', () => {
    const policies = template.all('AWS::IAM::Policy', { Roles: z.array(Ref) });
    const needs = needsIn(template.stacks[0]);
    const early = functions.filter(({ id }) => {
      const needed = needs[id] ?? [];
      const own = policies.filter(({ props }) => props.Roles.some((role) => needed.includes(role.Ref)));
      return own.length === 0 || !own.every((policy) => needed.includes(policy.id));
    });
    expect(early).toEqual([]);
  });

  it('tells what the command line looks up', () => {
    expect(Object.keys(template.outputs).sort()).toEqual(Object.values(OUTPUTS).sort());
  });

  it('is protected from being deleted in prod, and only there', () => {
    const { stack, remove } = fettleStack(name);
    remove();
    expect(stack.terminationProtection).toBe(environment.keepsData);
  });
});

/** The ids that are reached from themselves. */
const inCycles = (needs: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.keys(needs).filter((start) => {
    const seen = new Set<string>();
    const reaches = (id: string): boolean =>
      (needs[id] ?? []).some((next) => {
        if (next === start) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next);
      });
    return reaches(start);
  });
