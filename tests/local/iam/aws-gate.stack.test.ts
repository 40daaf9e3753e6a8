import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../../local/clock.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';
import { type RunningGate, startGate } from './running-gate.ts';

const BUCKET = 'arn:aws:s3:::photos';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/notes';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';

const template = fixtureTemplate({
  ...fixtureRole(
    'Writer',
    allow(['s3:PutObject', 's3:GetObject'], `${BUCKET}/own/*`),
    allow('s3:ListBucket', BUCKET, { StringLike: { 's3:prefix': 'own/*' } }),
    allow('dynamodb:PutItem', TABLE),
    allow('dynamodb:Query', `${TABLE}/index/byAuthor`),
    allow(['sqs:SendMessage'], QUEUE),
    allow('sns:Publish', TOPIC),
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
  Notes: {
    type: 'AWS::DynamoDB::Table',
    physicalId: 'notes',
    properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
  },
});

let running: RunningGate;
const clock = movableClock();
const created: string[] = [];
beforeAll(async () => {
  running = await startGate(template, {
    clock,
    onObjectCreated: ({ eventName, key }) => ({
      stored: () => created.push(`${eventName} ${key} stored`),
      refused: () => created.push(`${eventName} ${key} refused`),
    }),
  });
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
});
beforeEach(() => running.gate.faults.clear());
afterAll(() => running.stop());

const s3 = (role?: string) => new S3Client({ ...running.client(role), forcePathStyle: true });
const dynamodb = (role?: string) => new DynamoDBClient(running.client(role));
const sqs = (role?: string) => new SQSClient(running.client(role));
const sns = (role?: string) => new SNSClient(running.client(role));
const queueUrl = () => `${running.url}/000000000000/work`;

describe('createAwsGate', () => {
  describe('for S3', () => {
    it('lets a role write and read what its policy allows', async () => {
      await s3('Writer').send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/a (1)+ü.jpg', Body: 'bytes' }));
      const { Body } = await s3('Writer').send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/a (1)+ü.jpg' }));
      expect(await Body?.transformToString()).toBe('bytes');
    });

    it('refuses a key outside of the policy, in the words AWS uses', async () => {
      const put = s3('Writer').send(new PutObjectCommand({ Bucket: 'photos', Key: 'other/a.jpg', Body: 'bytes' }));
      await expect(put).rejects.toMatchObject({
        name: 'AccessDenied',
        message:
          'User: arn:aws:sts::000000000000:assumed-role/Writer/local is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::photos/other/a.jpg" because no identity-based policy allows the s3:PutObject action',
      });
    });

    it('obeys a deny of the bucket policy', async () => {
      const put = s3('Writer').send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/frozen/a', Body: 'bytes' }));
      await expect(put).rejects.toThrow('explicit deny in a resource-based policy');
    });

    it('obeys a deny of the role itself', async () => {
      const get = s3('Tenant').send(new GetObjectCommand({ Bucket: 'photos', Key: 'secret/a' }));
      await expect(get).rejects.toThrow('explicit deny in an identity-based policy');
    });

    it('holds a listing to its prefix', async () => {
      const list = (Prefix: string) => s3('Writer').send(new ListObjectsV2Command({ Bucket: 'photos', Prefix }));
      await expect(list('own/')).resolves.toBeDefined();
      await expect(list('')).rejects.toMatchObject({ name: 'AccessDenied' });
    });

    it('counts a head of the bucket as listing it', async () => {
      await expect(s3('Tenant').send(new HeadBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
    });

    it('does not tell those who may not list that an object is missing', async () => {
      const get = (role?: string) => s3(role).send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/missing' }));
      await expect(get('Tenant')).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    });

    it('asks for the source of a copy too', async () => {
      await s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'elsewhere', Body: 'x' }));
      const copy = new CopyObjectCommand({ Bucket: 'photos', Key: 'own/copy', CopySource: 'photos/elsewhere' });
      await expect(s3('Writer').send(copy)).rejects.toThrow(
        's3:GetObject on resource: "arn:aws:s3:::photos/elsewhere"',
      );
    });

    it('deletes the keys that are allowed and names the others', async () => {
      const keys = ['own/a&b', 'own/<c>', 'other/d'];
      for (const Key of keys) await s3().send(new PutObjectCommand({ Bucket: 'photos', Key, Body: 'x' }));
      const Objects = keys.map((Key) => ({ Key }));
      const { Deleted, Errors } = await s3('Cleaner').send(
        new DeleteObjectsCommand({ Bucket: 'photos', Delete: { Objects } }),
      );
      expect(Deleted).toEqual([{ Key: 'own/a&b' }, { Key: 'own/<c>' }]);
      expect(Errors).toMatchObject([{ Key: 'other/d', Code: 'AccessDenied' }]);
      const { KeyCount } = await s3().send(new ListObjectsV2Command({ Bucket: 'photos', Prefix: 'other/' }));
      expect(KeyCount).toBe(1);
    });

    it('takes a stream whose checksum comes after it', async () => {
      const Body = Readable.from([Buffer.from('in '), Buffer.from('parts')]);
      const put = new PutObjectCommand({ Bucket: 'photos', Key: 'own/stream', Body, ContentLength: 8 });
      await s3('Writer').send(put);
      const { Body: stored } = await s3('Writer').send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/stream' }));
      expect(await stored?.transformToString()).toBe('in parts');
    });

    it('refuses a body that is not the one signed', async () => {
      const client = s3('Writer');
      client.middlewareStack.add(
        (next) => (args) => next({ ...args, request: Object.assign(args.request as object, { body: 'other' }) }),
        { step: 'finalizeRequest', priority: 'low' },
      );
      const put = client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/x', Body: 'bytes' }));
      await expect(put).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    });

    it('serves a bucket that is named in the host', async () => {
      await s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/hosted', Body: 'hosted' }));
      const endpoint = running.url.replace('127.0.0.1', 'localhost');
      const client = new S3Client({ ...running.client('Writer'), endpoint });
      const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'photos', Key: 'own/hosted' })));
      const { hostname, port } = new URL(running.url);
      const answer = await new Promise<IncomingMessage>((resolve) =>
        get({ hostname, port, path: `${url.pathname}${url.search}`, headers: { host: url.host } }, resolve),
      );
      expect([url.hostname, await text(answer)]).toEqual(['photos.localhost', 'hosted']);
    });

    it('refuses keys that climb out of the bucket', async () => {
      const climbing = s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/../../x', Body: 'x' }));
      await expect(climbing).rejects.toMatchObject({ name: 'InvalidURI' });
    });

    it('names a request that the emulator could not answer', async () => {
      const get = s3().send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/a', VersionId: '1' }));
      await expect(get).rejects.toMatchObject({
        name: 'NotImplemented',
        message: expect.stringContaining('versionId'),
      });
    });

    it('streams a head without a body', async () => {
      await s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/head', Body: 'four' }));
      const { ContentLength } = await s3('Writer').send(new HeadObjectCommand({ Bucket: 'photos', Key: 'own/head' }));
      expect(ContentLength).toBe(4);
    });
  });

  describe('for presigned URLs', () => {
    const presign = (key: string, role: string) =>
      getSignedUrl(s3(role), new GetObjectCommand({ Bucket: 'photos', Key: key }), { expiresIn: 60 });

    beforeAll(async () => {
      await s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/shown', Body: 'shown' }));
    });

    it('serves one that an allowed role signed', async () => {
      const answer = await fetch(await presign('own/shown', 'Writer'));
      expect(await answer.text()).toBe('shown');
    });

    it('refuses what its signer may not read', async () => {
      expect((await fetch(await presign('secret/a', 'Tenant'))).status).toBe(403);
    });

    it('refuses an altered key', async () => {
      const url = (await presign('own/shown', 'Writer')).replace('/shown', '/other');
      expect(await (await fetch(url)).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    });

    it('refuses a longer life than was signed', async () => {
      const url = (await presign('own/shown', 'Writer')).replace('X-Amz-Expires=60', 'X-Amz-Expires=600');
      expect(await (await fetch(url)).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    });

    it('stores what an allowed role signed, and announces it', async () => {
      created.length = 0;
      const url = await getSignedUrl(s3('Writer'), new PutObjectCommand({ Bucket: 'photos', Key: 'own/put' }));
      expect((await fetch(url, { method: 'PUT', body: 'put' })).status).toBe(200);
      expect(created).toEqual(['ObjectCreated:Put own/put stored']);
    });

    it('refuses headers that the signer did not sign', async () => {
      const url = await getSignedUrl(s3('Writer'), new PutObjectCommand({ Bucket: 'photos', Key: 'own/put' }));
      const answer = await fetch(url, { method: 'PUT', headers: { 'x-amz-copy-source': 'photos/own/shown' } });
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('x-amz-copy-source')]);
    });

    it('refuses one that has expired', async () => {
      const url = await presign('own/shown', 'Writer');
      clock.advance(61_000);
      expect(await (await fetch(url)).text()).toContain('<Message>Request has expired</Message>');
    });
  });

  describe('for DynamoDB', () => {
    it('allows the action and refuses the others', async () => {
      const item = { pk: { S: 't1' } };
      await dynamodb('Writer').send(new PutItemCommand({ TableName: 'notes', Item: item }));
      await expect(
        dynamodb('Writer').send(new GetItemCommand({ TableName: 'notes', Key: item })),
      ).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`dynamodb:GetItem on resource: ${TABLE} because`),
      });
    });

    it('tells an index from its table', async () => {
      const query = (IndexName: string | undefined, name: string) =>
        dynamodb('Writer').send(
          new QueryCommand({
            TableName: 'notes',
            ...(IndexName && { IndexName }),
            KeyConditionExpression: `${name} = :one`,
            ExpressionAttributeValues: { ':one': { S: 'a' } },
          }),
        );
      await expect(query('byAuthor', 'author')).resolves.toMatchObject({ Count: 0 });
      await expect(query(undefined, 'pk')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('holds a tenant to its leading keys', async () => {
      const get = (pk: string) =>
        dynamodb('Tenant').send(new GetItemCommand({ TableName: 'notes', Key: { pk: { S: pk } } }));
      await expect(get('t1')).resolves.toBeDefined();
      await expect(get('t2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('throttles a table as often as a test asks', async () => {
      running.gate.faults.throttleTable('notes', 1);
      const put = () => dynamodb('Writer').send(new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } }));
      await expect(put()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
      await expect(put()).resolves.toBeDefined();
    });
  });

  describe('for SQS', () => {
    it('lets a role send, alone and in batches', async () => {
      await sqs('Writer').send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: 'one' }));
      const batch = new SendMessageBatchCommand({ QueueUrl: queueUrl(), Entries: [{ Id: '1', MessageBody: 'two' }] });
      await expect(sqs('Writer').send(batch)).resolves.toMatchObject({ Successful: [{ Id: '1' }] });
    });

    it('refuses to let the sender receive', async () => {
      const receive = sqs('Writer').send(new ReceiveMessageCommand({ QueueUrl: queueUrl() }));
      await expect(receive).rejects.toMatchObject({
        name: expect.stringMatching(/^AccessDenied/),
        message: expect.stringContaining(`sqs:ReceiveMessage on resource: ${QUEUE}`),
      });
    });

    it('counts a batch of deletions as deletion', async () => {
      await sqs('Writer').send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: 'gone' }));
      const { Messages } = await sqs('Tenant').send(new ReceiveMessageCommand({ QueueUrl: queueUrl() }));
      const Entries = [{ Id: '1', ReceiptHandle: Messages?.[0]?.ReceiptHandle ?? '' }];
      const remove = sqs('Tenant').send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl(), Entries }));
      await expect(remove).resolves.toMatchObject({ Successful: [{ Id: '1' }] });
    });
  });

  describe('for SNS', () => {
    it('is not reached by a request that was allowed for SQS', async () => {
      const client = sqs('Writer');
      const MessageBody = `&Action=Publish&TopicArn=${TOPIC}&Message=smuggled&`;
      client.middlewareStack.add(
        (next) => (args) => {
          const { headers } = args.request as { headers: Record<string, string> };
          headers['content-type'] = 'application/x-www-form-urlencoded';
          return next(args);
        },
        { step: 'build' },
      );
      const sent = await client.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody }));
      expect(sent.MD5OfMessageBody).toBeDefined();
    });

    it('lets a role publish to its topic only', async () => {
      const publish = (TopicArn: string) => sns('Writer').send(new PublishCommand({ TopicArn, Message: 'm' }));
      await expect(publish(TOPIC)).resolves.toBeDefined();
      await expect(publish(`${TOPIC}-other`)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    });
  });

  describe('for anyone else', () => {
    it('refuses a wrong secret', async () => {
      const { credentials, ...rest } = running.client('Writer');
      const wrong = { ...rest, credentials: { ...credentials, secretAccessKey: 'wrong' } };
      const put = new PutObjectCommand({ Bucket: 'photos', Key: 'own/a', Body: 'x' });
      await expect(new S3Client({ ...wrong, forcePathStyle: true }).send(put)).rejects.toMatchObject({
        name: 'SignatureDoesNotMatch',
      });
      const item = new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } });
      await expect(new DynamoDBClient(wrong).send(item)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    });

    it('refuses another region', async () => {
      const elsewhere = { ...running.client('Writer'), region: 'eu-west-1' };
      const item = new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } });
      await expect(new DynamoDBClient(elsewhere).send(item)).rejects.toThrow("not 'eu-west-1'");
      const list = new S3Client({ ...elsewhere, forcePathStyle: true }).send(
        new ListObjectsV2Command({ Bucket: 'photos', Prefix: 'own/' }),
      );
      await expect(list).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed' });
    });

    it('refuses an unknown access key', async () => {
      const stranger = { ...running.client(), credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };
      const list = new S3Client({ ...stranger, forcePathStyle: true }).send(
        new ListObjectsV2Command({ Bucket: 'photos' }),
      );
      await expect(list).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    });

    it('refuses a request without a signature', async () => {
      const answer = await fetch(`${running.url}/photos/own/shown`);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
    });
  });
});
