import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import dynalite from 'dynalite';
import { startFauxqs } from 'fauxqs';
import { ENV } from '../../functions/platform/names/environment-variables.ts';
import { TABLES } from '../../functions/platform/names/tables.ts';
import { tableShape } from '../table-shape.ts';

const QUEUES = { [ENV.photosQueueUrl]: 'photos', [ENV.conclusionsQueueUrl]: 'conclusions' };

/** So many that no fixed id of a test is ever too old. */
export const JOB_DAYS = 3650;

type Tables = { readonly url: string; readonly close: () => Promise<void> };

/** dynalite, or the DynamoDB whose address stands in DYNAMODB_URL: Amazon's DynamoDB Local, where Java is present. */
async function startTables(): Promise<Tables> {
  const url = process.env.DYNAMODB_URL;
  if (url) return { url, close: dropTables };
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Empty tables, a bucket and queues, and an environment that points at them. Import what uses them after this:
 * stores read their environment when they are loaded.
 */
export async function startStores(): Promise<{ readonly close: () => Promise<void> }> {
  const tables = await startTables();
  const messages = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: messages.address,
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    [ENV.mediaBucket]: 'media',
    [ENV.providerKeys]: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-a1b2c3',
    [ENV.jobDays]: String(JOB_DAYS),
    [ENV.requestLimits]: JSON.stringify({ perSecond: 1000, burst: 1000, perDay: 1_000_000 }),
  });
  await Promise.all([makeTables(), makeBucket(), makeQueues()]);
  return {
    close: async () => {
      await tables.close();
      await messages.stop();
    },
  };
}

async function makeTables(): Promise<void> {
  const client = new DynamoDBClient({});
  for (const [TableName, description] of Object.entries(TABLES)) {
    process.env[description.variable] = TableName;
    await client.send(
      new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...tableShape(description) }),
    );
  }
}

async function dropTables(): Promise<void> {
  const client = new DynamoDBClient({});
  for (const TableName of Object.keys(TABLES)) await client.send(new DeleteTableCommand({ TableName }));
}

const makeBucket = () => new S3Client({}).send(new CreateBucketCommand({ Bucket: 'media' }));

async function makeQueues(): Promise<void> {
  const client = new SQSClient({});
  for (const [variable, QueueName] of Object.entries(QUEUES)) {
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName }));
    process.env[variable] = QueueUrl;
  }
}
