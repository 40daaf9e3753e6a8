import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDirectory, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run } from './fixtures/running.ts';

const RESOURCES = {
  Jobs: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      TableName: 'jobs',
      AttributeDefinitions: ['id', 'state'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byState',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      Replicas: [{ Region: 'us-east-1' }],
    },
  },
  Work: { Type: 'AWS::SQS::Queue' },
  Media: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } },
};

const assembly = writeAssembly(RESOURCES);
const dataDir = freshDirectory();
let running: Running;

beforeAll(async () => {
  running = await run(assembly, dataDir);
});

afterAll(async () => {
  await running.stack.stop();
});

const client = () => ({
  endpoint: running.stack.awsUrl,
  region: running.stack.region,
  credentials: running.stack.credentials,
  forcePathStyle: true,
});

async function restart(): Promise<void> {
  await running.stack.kill();
  running = await run(assembly, dataDir);
}

describe('a table', () => {
  const documents = () => DynamoDBDocumentClient.from(new DynamoDBClient(client()));
  const inState = async (state: string) => {
    const { Items = [] } = await documents().send(
      new QueryCommand({
        TableName: 'jobs',
        IndexName: 'byState',
        KeyConditionExpression: '#state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': state },
      }),
    );
    return Items.map((item) => item.id);
  };
  const move = (state: string) =>
    documents().send(
      new UpdateCommand({
        TableName: 'jobs',
        Key: { id: 'one' },
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': state },
      }),
    );

  beforeEach(async () => {
    await documents().send(new PutCommand({ TableName: 'jobs', Item: { id: 'one', state: 'new' } }));
  });

  it('lists an item in its index', async () => {
    expect(await inState('new')).toEqual(['one']);
  });

  it('moves an item in its index when the key changes', async () => {
    await move('done');
    expect([await inState('new'), await inState('done')]).toEqual([[], ['one']]);
  });

  it('takes a deleted item out of its index', async () => {
    await documents().send(new DeleteCommand({ TableName: 'jobs', Key: { id: 'one' } }));
    expect(await inState('new')).toEqual([]);
  });

  it('has items and index after a kill', async () => {
    await move('kept');
    await restart();
    expect(await inState('kept')).toEqual(['one']);
  });
});

describe('a queue', () => {
  const sqs = () => new SQSClient(client());
  const url = () => running.stack.template.resources.get('Work')?.physicalId;
  const receive = async () => {
    const asked = { QueueUrl: url(), MessageSystemAttributeNames: ['ApproximateReceiveCount' as const] };
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand(asked));
    return Messages[0];
  };

  it('keeps the receive count of a message that was given back, through a kill', async () => {
    await running.send('Work', { name: 'boomerang' });
    const { ReceiptHandle } = (await receive()) ?? {};
    await sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl: url(), ReceiptHandle, VisibilityTimeout: 0 }));
    await restart();
    expect((await receive())?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('does not give a message out again while it is in flight, through a kill', async () => {
    await restart();
    expect(await receive()).toBeUndefined();
  });
});

describe('a bucket', () => {
  const s3 = () => new S3Client(client());
  const put = (Key: string, Body: string) => s3().send(new PutObjectCommand({ Bucket: 'media', Key, Body }));
  const get = async (Key: string) => {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: 'media', Key }));
    return Body?.transformToString();
  };

  it('has an object after a kill', async () => {
    await put('kept', 'the bytes');
    await restart();
    expect(await get('kept')).toBe('the bytes');
  });

  it('gives the newest of two objects under one key', async () => {
    await put('twice', 'first');
    await put('twice', 'second');
    expect(await get('twice')).toBe('second');
  });

  it('has an object no more once it is deleted', async () => {
    await put('gone', 'x');
    await s3().send(new DeleteObjectCommand({ Bucket: 'media', Key: 'gone' }));
    await expect(get('gone')).rejects.toThrow('The specified key does not exist');
  });

  it('keeps keys apart that would be one path', async () => {
    await put('a/b', 'below');
    await put('a', 'itself');
    await put('a.data', 'beside');
    expect([await get('a/b'), await get('a'), await get('a.data')]).toEqual(['below', 'itself', 'beside']);
  });
});
