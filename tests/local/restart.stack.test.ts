import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../local/types.ts';
import { freshDirectory, worker, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

const RUNNER = fileURLToPath(new URL('./fixtures/runner.ts', import.meta.url));

type Served = { readonly process: ChildProcess; readonly awsUrl: string; readonly credentials: Credentials };

const open: { child?: ChildProcess; running?: Running } = {};

afterEach(async () => {
  open.child?.kill('SIGKILL');
  await open.running?.stack.stop();
  delete open.running;
});

const table = (keyName: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'rows',
    AttributeDefinitions: [{ AttributeName: keyName, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: keyName, KeyType: 'HASH' }],
  },
});
const RESOURCES = {
  // Short, so that the message which was in flight at the kill comes again soon.
  ...worker('Work', 'drain.handler', { queue: { VisibilityTimeout: 5, RedrivePolicy: undefined } }),
  Media: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'media' } },
  Rows: table('id'),
};

async function serve(assembly: string, dataDir: string): Promise<Served> {
  const child = spawn(process.execPath, [RUNNER, assembly, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  open.child = child;
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { process: child, ...(JSON.parse(String(line)) as Omit<Served, 'process'>) };
}

async function killHard({ process }: Served): Promise<void> {
  const exited = once(process, 'exit');
  process.kill('SIGKILL');
  await exited;
}

const clientOf = ({ awsUrl, credentials }: Pick<Served, 'awsUrl' | 'credentials'>) => ({
  endpoint: awsUrl,
  region: 'us-east-1',
  credentials,
});

describe('a runner that was killed and started again', () => {
  it('has its rows', async () => {
    const [assembly, dataDir] = [writeAssembly(RESOURCES), freshDirectory()];
    const served = await serve(assembly, dataDir);
    await new DynamoDBClient(clientOf(served)).send(
      new PutItemCommand({ TableName: 'rows', Item: { id: { S: 'kept' } } }),
    );
    await killHard(served);
    open.running = await run(assembly, dataDir);
    const client = new DynamoDBClient(clientOf(open.running.stack));
    const { Item } = await client.send(new GetItemCommand({ TableName: 'rows', Key: { id: { S: 'kept' } } }));
    expect(Item).toEqual({ id: { S: 'kept' } });
  });

  it('finishes the message that was in a function’s hands', async () => {
    const [assembly, dataDir] = [writeAssembly(RESOURCES), freshDirectory()];
    const served = await serve(assembly, dataDir);
    const QueueUrl = `${served.awsUrl}/000000000000/fixture-WorkQueue`;
    const MessageBody = JSON.stringify({ name: 'interrupted', holdMs: 1000 });
    await new SQSClient(clientOf(served)).send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await killHard(served);
    open.running = await run(assembly, dataDir);
    const { logOf, messagesIn } = open.running;
    await until('it is done', () => logOf('Work').includes(JSON.stringify({ done: 'interrupted' })));
    await until('it is gone', () => messagesIn('WorkQueue') === 0);
  });

  it('has the door for AWS clients where it was', async () => {
    const [assembly, dataDir] = [writeAssembly(RESOURCES), freshDirectory()];
    const served = await serve(assembly, dataDir);
    await killHard(served);
    open.running = await run(assembly, dataDir);
    expect(open.running.stack.awsUrl).toBe(served.awsUrl);
  });
});

describe('startStack', () => {
  it('refuses a data directory that another runner uses, and names its process', async () => {
    const [assembly, dataDir] = [writeAssembly(RESOURCES), freshDirectory()];
    const served = await serve(assembly, dataDir);
    await expect(run(assembly, dataDir)).rejects.toThrow(
      `another runner uses this data directory (process ${served.process.pid})`,
    );
  });

  it('makes what a newer template adds, and keeps what is there', async () => {
    const dataDir = freshDirectory();
    const first = await run(writeAssembly(RESOURCES), dataDir);
    const s3 = new S3Client({ ...clientOf(first.stack), forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'kept', Body: 'x' }));
    await first.stack.stop();
    open.running = await run(writeAssembly({ ...RESOURCES, More: { Type: 'AWS::SQS::Queue' } }), dataDir);
    expect(open.running.messagesIn('More')).toBe(0);
  });

  it('refuses data under other keys than the template’s, and names the table', async () => {
    const dataDir = freshDirectory();
    const first = await run(writeAssembly(RESOURCES), dataDir);
    await first.stack.stop();
    const changed = writeAssembly({ ...RESOURCES, Rows: table('name') });
    await expect(run(changed, dataDir)).rejects.toThrow(
      'Rows (AWS::DynamoDB::Table): the data directory holds this table with other keys',
    );
  });

  it('refuses an event source whose messages come again before the function has timed out', async () => {
    const assembly = writeAssembly(worker('Work', 'drain.handler', { queue: { VisibilityTimeout: 1 } }));
    await expect(run(assembly)).rejects.toThrow(
      'the visibility timeout of fixture-WorkQueue is shorter than the timeout of Work',
    );
  });

  it('leaves the data directory free when it fails', async () => {
    const dataDir = freshDirectory();
    await expect(run(writeAssembly({ Net: { Type: 'AWS::EC2::VPC' } }), dataDir)).rejects.toThrow(
      'Net (AWS::EC2::VPC)',
    );
    open.running = await run(writeAssembly(RESOURCES), dataDir);
    expect(open.running.stack.awsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
