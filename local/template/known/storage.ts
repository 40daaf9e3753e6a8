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
} from './known-type.ts';

const QueueNotification = z.strictObject({
  Event: z.string(),
  Queue: z.string(),
  Filter: z
    .strictObject({
      S3Key: z.strictObject({ Rules: z.array(z.strictObject({ Name: z.string(), Value: z.string() })) }),
    })
    .optional(),
});
export type QueueNotification = z.infer<typeof QueueNotification>;

const LifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: NumberLike.optional(),
  NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: NumberLike }).optional(),
  /** without effect: nothing here begins a multipart upload and leaves it */
  AbortIncompleteMultipartUpload: Anything,
});
export type LifecycleRule = z.infer<typeof LifecycleRule>;

export const Bucket = z.strictObject({
  BucketName: z.string().optional(),
  NotificationConfiguration: z.strictObject({ QueueConfigurations: z.array(QueueNotification).default([]) }).optional(),
  CorsConfiguration: Anything,
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(LifecycleRule) }).optional(),
});

const KeyElement = z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });
const Index = z.strictObject({
  IndexName: z.string(),
  KeySchema: z.array(KeyElement),
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ProvisionedThroughput: Anything,
  OnDemandThroughput: Anything,
  WarmThroughput: Anything,
  ContributorInsightsSpecification: Anything,
  WriteOnDemandThroughputSettings: Anything,
  WriteProvisionedThroughputSettings: Anything,
});
/** `Table` and `GlobalTable`. */
export const Table = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: z.array(KeyElement),
  GlobalSecondaryIndexes: z.array(Index).default([]),
  LocalSecondaryIndexes: z.array(Index).default([]),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: BooleanLike }).optional(),
});

const TABLE_IGNORES = {
  BillingMode: REASONS.capacity,
  ProvisionedThroughput: REASONS.capacity,
  OnDemandThroughput: REASONS.capacity,
  WarmThroughput: REASONS.capacity,
  WriteOnDemandThroughputSettings: REASONS.capacity,
  WriteProvisionedThroughputSettings: REASONS.capacity,
  PointInTimeRecoverySpecification: REASONS.backup,
  SSESpecification: REASONS.encryption,
  DeletionProtectionEnabled: 'the runner deletes no table',
  TableClass: 'a matter of price',
  ContributorInsightsSpecification: 'a matter of reporting',
  Replicas: 'one region runs here; what a replica adds is backup, protection and tags',
  Tags: REASONS.tags,
} as const;

const table = (does: string): KnownType => ({
  does,
  honours: Table,
  ignores: TABLE_IGNORES,
  identity: (self) => {
    const name = nameOf(self, 'TableName', 255);
    const arn = arnOf(self, 'dynamodb', `table/${name}`);
    return { physicalId: name, arn, attributes: { Arn: arn, TableId: name } };
  },
});

/** Buckets, queues, topics, tables. */
export const STORAGE: { readonly [type: string]: KnownType } = {
  'AWS::S3::Bucket': {
    does: 'a bucket of the S3 emulator; its notifications to queues are sent by the runner',
    honours: Bucket,
    ignores: {
      AccessControl: 'only the stack’s roles, presigned requests and the bucket policy grant access',
      BucketEncryption: REASONS.encryption,
      LoggingConfiguration: 'no access log is written here',
      OwnershipControls: 'one account owns every object here',
      PublicAccessBlockConfiguration: 'nothing is public here',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'BucketName', 63).toLowerCase();
      const host = `${name}.s3.${self.region}.amazonaws.com`;
      const arn = `arn:${self.partition}:s3:::${name}`;
      return {
        physicalId: name,
        arn,
        attributes: { Arn: arn, DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: host },
      };
    },
  },
  'AWS::S3::BucketPolicy': {
    does: 'checked at the gate in front of S3',
    honours: z.strictObject({ Bucket: z.string(), PolicyDocument: Anything }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::SQS::Queue': {
    does: 'a queue of the SQS emulator',
    honours: z.strictObject({
      QueueName: z.string().optional(),
      VisibilityTimeout: NumberLike.default(30),
      MessageRetentionPeriod: NumberLike.default(345_600),
      DelaySeconds: NumberLike.default(0),
      MaximumMessageSize: NumberLike.optional(),
      ReceiveMessageWaitTimeSeconds: NumberLike.default(0),
      RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: NumberLike }).optional(),
      FifoQueue: BooleanLike.optional(),
      ContentBasedDeduplication: BooleanLike.optional(),
    }),
    ignores: {
      KmsMasterKeyId: REASONS.encryption,
      KmsDataKeyReusePeriodSeconds: REASONS.encryption,
      SqsManagedSseEnabled: REASONS.encryption,
      RedriveAllowPolicy: 'only the stack’s own queues exist here',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const name = nameOf(self, 'QueueName', 80);
      const arn = arnOf(self, 'sqs', name);
      const url = `${self.awsUrl}/${self.accountId}/${name}`;
      return { physicalId: url, arn, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::SQS::QueuePolicy': {
    does: 'checked at the gate in front of SQS, and before the runner sends a bucket’s notification',
    honours: z.strictObject({ Queues: z.array(z.string()), PolicyDocument: Anything }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::SNS::Topic': {
    does: 'a topic of the SNS emulator; alarms publish to it',
    honours: z.strictObject({
      TopicName: z.string().optional(),
      DisplayName: z.string().optional(),
      FifoTopic: BooleanLike.optional(),
    }),
    ignores: { KmsMasterKeyId: REASONS.encryption, TracingConfig: REASONS.tracing, Tags: REASONS.tags },
    identity: (self) => {
      const name = nameOf(self, 'TopicName', 256);
      const arn = arnOf(self, 'sns', name);
      return { physicalId: arn, arn, attributes: { TopicArn: arn, TopicName: name } };
    },
  },
  'AWS::SNS::TopicPolicy': {
    does: 'checked at the gate in front of SNS',
    honours: z.strictObject({ Topics: z.array(z.string()), PolicyDocument: Anything }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::SNS::Subscription': {
    does: 'a subscription of the SNS emulator; mail and SMS notifications are shown on the terminal instead',
    honours: z.strictObject({
      TopicArn: z.string(),
      Protocol: z.string(),
      Endpoint: z.string().optional(),
      FilterPolicy: Anything,
      FilterPolicyScope: z.string().optional(),
      RawMessageDelivery: BooleanLike.optional(),
    }),
    ignores: {},
    identity: byLogicalId,
  },
  'AWS::DynamoDB::Table': table('a table of the DynamoDB emulator'),
  'AWS::DynamoDB::GlobalTable': table('a table of the DynamoDB emulator, in this one region'),
};
