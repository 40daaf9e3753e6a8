import { z } from 'zod';
import {
  Anything,
  arnOf,
  BooleanLike,
  byLogicalId,
  type KnownType,
  NumberLike,
  nameOf,
  REASONS,
  shortIdOf,
} from './known-type.ts';

export const LambdaFunction = z.strictObject({
  FunctionName: z.string().optional(),
  Role: z.string(),
  Code: z.union([
    z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    z.strictObject({ ImageUri: z.string() }),
    z.strictObject({ ZipFile: z.string() }),
  ]),
  PackageType: z.enum(['Zip', 'Image']).default('Zip'),
  Runtime: z
    .string()
    .regex(/^nodejs/, { error: 'only Node.js runtimes run here' })
    .optional(),
  Handler: z.string().optional(),
  /** ARNs of versions, Lambda's limit is five */
  Layers: z.array(z.string()).max(5).default([]),
  ImageConfig: z
    .strictObject({
      Command: z.array(z.string()).optional(),
      EntryPoint: z.array(z.string()).optional(),
      WorkingDirectory: z.string().optional(),
    })
    .optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  MemorySize: NumberLike.default(128),
  Timeout: NumberLike.default(3),
  ReservedConcurrentExecutions: NumberLike.optional(),
});

export const LayerVersion = z.strictObject({
  Content: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  LayerName: z.string().optional(),
});

export const EventSourceMapping = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string().regex(/:sqs:/, { error: 'only SQS event sources run here' }),
  BatchSize: NumberLike.default(10),
  MaximumBatchingWindowInSeconds: NumberLike.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: NumberLike }).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  Enabled: BooleanLike.default(true),
});

/** Services that do nothing here, so that a rule on their events never matches. */
const SILENT_SERVICES = ['aws.codebuild'] as const;

export const EventsRule = z
  .strictObject({
    Name: z.string().optional(),
    ScheduleExpression: z.string().optional(),
    EventPattern: z
      .looseObject({
        source: z
          .array(z.enum(SILENT_SERVICES, { error: 'only schedules run here, and no events of this service' }))
          .min(1),
      })
      .optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Id: z.string(),
          Arn: z.string(),
          Input: z.string().optional(),
          // Both apply to undeliverable events, of which there are none here.
          RetryPolicy: Anything,
          DeadLetterConfig: Anything,
        }),
      )
      .default([]),
  })
  .refine(({ ScheduleExpression, EventPattern }) => Boolean(ScheduleExpression ?? EventPattern), {
    error: 'has neither a schedule nor an event pattern',
  });

/** Functions and their triggers. */
export const COMPUTE: { readonly [type: string]: KnownType } = {
  'AWS::Lambda::Function': {
    does: 'Node processes with the template’s handler, environment, memory and timeout',
    honours: LambdaFunction,
    ignores: {
      Architectures: 'this machine’s own architecture runs it; the code is JavaScript',
      Description: 'a text for people',
      EphemeralStorage: 'this machine’s disk',
      KmsKeyArn: REASONS.encryption,
      LoggingConfig: 'logs go to one file per function, as the function writes them',
      TracingConfig: REASONS.tracing,
      RecursiveLoop: 'a guard of the account',
      RuntimeManagementConfig: 'the project’s own Node runs it',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'FunctionName');
      const arn = arnOf(self, 'lambda', `function:${name}`);
      return { physicalId: name, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::Lambda::LayerVersion': {
    does: 'packages for the functions that name it, below a folder that stands for /opt',
    honours: LayerVersion,
    ignores: {
      CompatibleArchitectures: 'a filter of lists; this machine’s own architecture runs it',
      CompatibleRuntimes: 'a filter of lists',
      Description: 'a text for people',
      LicenseInfo: 'a text for people',
    },
    identity: (self) => {
      const arn = arnOf(self, 'lambda', `layer:${nameOf(self, 'LayerName', 140)}:1`);
      return { physicalId: arn, arn, attributes: { LayerVersionArn: arn } };
    },
  },
  'AWS::Lambda::Permission': {
    does: 'checked before API Gateway or a schedule may invoke the function',
    honours: z.strictObject({
      FunctionName: z.string(),
      Action: z.string(),
      Principal: z.string(),
      SourceArn: z.string().optional(),
      SourceAccount: z.string().optional(),
    }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::Lambda::EventSourceMapping': {
    does: 'a poller',
    honours: EventSourceMapping,
    ignores: { Tags: REASONS.tags, MetricsConfig: 'a matter of reporting' },
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { Id: shortIdOf(self) } }),
  },
  'AWS::Events::Rule': {
    does: 'a schedule (rate or cron) that invokes functions; of events, only those of services that do nothing here',
    honours: EventsRule,
    ignores: { Description: 'a text for people', Tags: REASONS.tags },
    identity: (self) => {
      const name = nameOf(self, 'Name');
      const arn = arnOf(self, 'events', `rule/${name}`);
      return { physicalId: name, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::Logs::LogGroup': {
    does: 'a name; each function’s log is a file of the data directory',
    honours: z.strictObject({ LogGroupName: z.string().optional() }),
    ignores: {
      RetentionInDays: 'logs of this machine stay until --fresh clears them',
      KmsKeyId: REASONS.encryption,
      LogGroupClass: 'a matter of price',
      DataProtectionPolicy: 'masking when a log is shown is CloudWatch’s work',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'LogGroupName', 512);
      const arn = arnOf(self, 'logs', `log-group:${name}:*`);
      return { physicalId: name, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::CDK::Metadata': {
    does: 'nothing: it counts CDK’s users',
    honours: z.strictObject({}),
    ignores: { Analytics: 'it counts CDK’s users' },
    identity: byLogicalId,
  },
};
