import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type MovableClock, movableClock } from '../../../local/clock.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';
import { type RunningGate, startGate } from './running-gate.ts';

const BUCKET = 'arn:aws:s3:::photos';
export const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/notes';
export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';
export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
export const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-a1b2c3';
export const OTHER_SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:others-d4e5f6';

const template = fixtureTemplate({
  ...fixtureRole(
    'Writer',
    allow(['s3:PutObject', 's3:GetObject'], `${BUCKET}/own/*`),
    allow('s3:ListBucket', BUCKET, { StringLike: { 's3:prefix': 'own/*' } }),
    allow('dynamodb:PutItem', TABLE),
    allow('dynamodb:Query', `${TABLE}/index/byAuthor`),
    allow(['sqs:SendMessage'], QUEUE),
    allow('sns:Publish', TOPIC),
    allow('secretsmanager:GetSecretValue', SECRET),
  ),
  ...fixtureRole(
    'Tenant',
    allow(['dynamodb:GetItem', 'dynamodb:Query'], TABLE, {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['t1'] },
    }),
    allow('s3:GetObject', `${BUCKET}/*`),
    { Effect: 'Deny', Action: 's3:*', Resource: `${BUCKET}/secret/*` },
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], QUEUE),
  ),
  ...fixtureRole('Cleaner', allow('s3:DeleteObject', `${BUCKET}/own/*`)),
  Photos: { type: 'AWS::S3::Bucket', physicalId: 'photos' },
  PhotosPolicy: {
    type: 'AWS::S3::BucketPolicy',
    properties: {
      Bucket: 'photos',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [BUCKET, `${BUCKET}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${BUCKET}/own/frozen/*` },
        ],
      },
    },
  },
  Keys: { type: 'AWS::SecretsManager::Secret', physicalId: SECRET },
  Others: { type: 'AWS::SecretsManager::Secret', physicalId: OTHER_SECRET },
  Notes: {
    type: 'AWS::DynamoDB::Table',
    physicalId: 'notes',
    properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
  },
});

/** A gate in front of a bucket, a table, a queue and a topic, with clients for the roles `Writer`, `Tenant`, `Cleaner`. */
export type GatedStack = RunningGate & {
  readonly clock: MovableClock;
  /** what was announced of objects, each `<event> <key> stored` or `… refused` */
  readonly created: readonly string[];
  /** clients that act as a role, or as the operator */
  readonly s3: (role?: string) => S3Client;
  readonly dynamodb: (role?: string) => DynamoDBClient;
  readonly sqs: (role?: string) => SQSClient;
  readonly sns: (role?: string) => SNSClient;
  readonly secrets: (role?: string) => SecretsManagerClient;
  readonly queueUrl: string;
};

export async function startGatedStack(): Promise<GatedStack> {
  const clock = movableClock();
  const created: string[] = [];
  const running = await startGate(template, {
    clock,
    onObjectCreated: ({ eventName, key }) => ({
      stored: () => created.push(`${eventName} ${key} stored`),
      refused: () => created.push(`${eventName} ${key} refused`),
    }),
  });
  const stack: GatedStack = {
    ...running,
    clock,
    created,
    s3: (role) => new S3Client({ ...running.client(role), forcePathStyle: true }),
    dynamodb: (role) => new DynamoDBClient(running.client(role)),
    sqs: (role) => new SQSClient(running.client(role)),
    sns: (role) => new SNSClient(running.client(role)),
    secrets: (role) => new SecretsManagerClient(running.client(role)),
    queueUrl: `${running.url}/000000000000/work`,
  };
  await provision(stack);
  return stack;
}

async function provision({ s3, dynamodb, sqs, sns }: GatedStack): Promise<void> {
  await s3().send(new CreateBucketCommand({ Bucket: 'photos' }));
  await dynamodb().send(
    new CreateTableCommand({
      TableName: 'notes',
      AttributeDefinitions: ['pk', 'author'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byAuthor',
          KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await sqs().send(new CreateQueueCommand({ QueueName: 'work' }));
  await sns().send(new CreateTopicCommand({ Name: 'news' }));
}
