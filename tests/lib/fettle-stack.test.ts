import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { referencesIn } from './flattened.ts';
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
    FunctionName: z.unknown(),
    BatchSize: z.number(),
    FunctionResponseTypes: z.array(z.string()),
    ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
  });
  const idOf = (arn: z.infer<typeof GetAtt>) => arn['Fn::GetAtt'][0];
  const aliases = template.all('AWS::Lambda::Alias', { FunctionName: Ref });

  it('has visibility timeouts of at least six times the function timeout', () => {
    const short = sources.filter(({ props }) => {
      const queue = queues.find(({ id }) => id === idOf(props.EventSourceArn));
      const live = aliases.find(({ id }) => referencesIn(props.FunctionName).includes(id));
      const worker = functions.find(({ id }) => id === live?.props.FunctionName.Ref);
      return (queue?.props.VisibilityTimeout ?? 0) < 6 * (worker?.props.Timeout ?? Number.POSITIVE_INFINITY);
    });
    expect(short).toEqual([]);
  });

  it('moves a message to the dead-letter queue after five deliveries, and a dead photo when its job waits no longer', () => {
    const deliveries = sources.map(
      ({ props }) => queues.find(({ id }) => id === idOf(props.EventSourceArn))?.props.RedrivePolicy?.maxReceiveCount,
    );
    expect(deliveries.map(Number).sort((a, b) => a - b)).toEqual([5, 5, 120]);
  });

  it('retains messages for SQS’s maximum of 14 days', () => {
    expect(new Set(queues.map(({ props }) => props.MessageRetentionPeriod))).toEqual(new Set([14 * 86_400]));
  });

  it('drains the dead-letter queue of photos', () => {
    const photos = queues.find(({ id }) => id.startsWith('PipelinePhotosQueue'));
    const dead = photos?.props.RedrivePolicy?.deadLetterTargetArn;
    expect(sources.map(({ props }) => idOf(props.EventSourceArn))).toContain(dead && idOf(dead));
  });

  it('reports failures per message, and assesses photos one by one', () => {
    const photos = sources.find(({ props }) => idOf(props.EventSourceArn).startsWith('PipelinePhotosQueue'));
    expect([photos?.props.BatchSize, ...sources.flatMap(({ props }) => props.FunctionResponseTypes)]).toEqual([
      1,
      ...sources.map(() => 'ReportBatchItemFailures'),
    ]);
  });

  it('limits the concurrency of each queue', () => {
    const atOnce = sources.map(({ props }) => props.ScalingConfig.MaximumConcurrency).sort((a, b) => a - b);
    const { deadPhotosAtOnce, conclusionsAtOnce, photosAtOnce } = environment;
    expect(atOnce).toEqual([deadPhotosAtOnce, conclusionsAtOnce, photosAtOnce].sort((a, b) => a - b));
    expect(template.outputs.PhotosAtOnce?.Value).toBe(String(photosAtOnce));
  });

  it('reserves no concurrency, which accounts with a small quota refuse', () => {
    const reserved = template.all('AWS::Lambda::Function', { ReservedConcurrentExecutions: z.number().optional() });
    expect(reserved.filter(({ props }) => props.ReservedConcurrentExecutions !== undefined)).toEqual([]);
  });

  it('denies requests without TLS to every bucket, queue and topic', () => {
    const Statements = { PolicyDocument: z.looseObject({ Statement: z.array(z.unknown()) }) };
    const guarded = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
      template
        .all(type, Statements)
        .filter(({ props }) => JSON.stringify(props).includes('"aws:SecureTransport":"false"')),
    );
    const toGuard = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic'].flatMap((type) => template.all(type, {}));
    expect(guarded.length).toBe(toGuard.length);
  });

  it('has tables with point-in-time recovery, paid by request', () => {
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

  it('retains tables, buckets and logs in prod once they are created, and deletes them elsewhere', () => {
    const policies = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup']
      .flatMap((type) => template.all(type, {}))
      .map(({ DeletionPolicy }) => DeletionPolicy);
    expect(new Set(policies)).toEqual(new Set([environment.keepsData ? 'RetainExceptOnCreate' : 'Delete']));
  });

  it('protects no table in a way that a failed first deployment could not be undone', () => {
    const tables = template.all('AWS::DynamoDB::Table', { DeletionProtectionEnabled: z.boolean().optional() });
    expect(tables.filter(({ props }) => props.DeletionProtectionEnabled)).toEqual([]);
  });

  it('sets up logging of API Gateway after the API and before its stage, as a new account needs it', () => {
    const only = (type: string) => template.all(type, {})[0];
    const [account, api, stage] = ['Account', 'RestApi', 'Stage'].map((type) => only(`AWS::ApiGateway::${type}`));
    expect(account?.DependsOn).toContain(api?.id);
    expect(stage?.DependsOn).toContain(account?.id);
  });

  it('keeps the versions of media', () => {
    const [media] = template
      .all('AWS::S3::Bucket', { VersioningConfiguration: z.object({ Status: z.string() }).optional() })
      .filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.props.VersioningConfiguration?.Status).toBe('Enabled');
  });

  it('deletes media for good after exactly the days that are stated', () => {
    const Rule = z.object({
      Prefix: z.string().optional(),
      ExpirationInDays: z.number().default(0),
      NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).default({ NoncurrentDays: 0 }),
    });
    const [media] = template
      .all('AWS::S3::Bucket', { LifecycleConfiguration: z.object({ Rules: z.array(Rule) }).optional() })
      .filter(({ id }) => id.startsWith('MediaBucket'));
    const totals = media?.props.LifecycleConfiguration?.Rules.map(
      ({ Prefix = 'parts of unfinished uploads', ExpirationInDays, NoncurrentVersionExpiration }) => [
        Prefix,
        ExpirationInDays + NoncurrentVersionExpiration.NoncurrentDays,
      ],
    );
    expect(totals).toEqual([
      ['uploads/', environment.originalsDays],
      ['derived/', environment.jobDays],
      ['imports/', LIMITS.compsUploadDays],
      ['books/', environment.undoDays],
      ['parts of unfinished uploads', 0],
    ]);
  });

  it('notifies the queue of uploads without a custom resource', () => {
    const [media] = template
      .all('AWS::S3::Bucket', { NotificationConfiguration: z.unknown().optional() })
      .filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.props.NotificationConfiguration).toMatchObject({
      QueueConfigurations: [
        { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } } },
      ],
    });
  });

  it('grants S3 to send before it creates the bucket, when S3 tests that', () => {
    const [media] = template.all('AWS::S3::Bucket', {}).filter(({ id }) => id.startsWith('MediaBucket'));
    expect(media?.DependsOn?.some((id) => id.startsWith('PipelinePhotosQueuePolicy'))).toBe(true);
  });

  it('blocks public access to every bucket', () => {
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

  it('sets a retention for every log', () => {
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

  it('runs the image on the platform it was built for', () => {
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

  it('attaches a function’s policies before the function exists', () => {
    const policies = template.all('AWS::IAM::Policy', { Roles: z.array(Ref) });
    const needs = needsIn(template.stacks[0]);
    const early = functions.filter(({ id }) => {
      const needed = needs[id] ?? [];
      const own = policies.filter(({ props }) => props.Roles.some((role) => needed.includes(role.Ref)));
      return own.length === 0 || !own.every((policy) => needed.includes(policy.id));
    });
    expect(early).toEqual([]);
  });

  it('puts out what the command line looks up, in the top stack', () => {
    expect(Object.keys(template.outputs).sort()).toEqual(Object.values(OUTPUTS).sort());
  });

  it('has termination protection in prod, and only there', () => {
    const { stack, remove } = fettleStack(name);
    remove();
    expect(stack.terminationProtection).toBe(environment.keepsData);
  });
});
