import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, ended, submit } from './client.ts';
import { smallPhotos } from './photos.ts';
import { jobsTableOf, logicalIdOf, nameOf, type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let jobId: string;

beforeAll(async () => {
  fettle = await startFettle();
  const client = await fettle.client('acme');
  jobId = await submit(client, await smallPhotos(1));
  await ended(client, jobId);
  expect((await call(client, `GET /jobs/${jobId}/photos/p001/display`)).status).toBe(200);
});

afterAll(() => fettle?.stop());

/** What a function's role makes of these attempts: the error of each, or `allowed`. */
async function outcomes(name: string, attempts: (s3: S3Client, tables: DynamoDBDocumentClient) => Promise<unknown>[]) {
  const credentials = fettle.stack.credentialsFor(logicalIdOf(fettle, 'AWS::IAM::Role', `${name}Role`));
  const s3 = new S3Client({ ...fettle.operator, credentials, forcePathStyle: true });
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient({ ...fettle.operator, credentials }));
  const results = await Promise.allSettled(attempts(s3, tables));
  return results.map((each) => (each.status === 'rejected' ? String(each.reason.name) : 'allowed'));
}

const isDenied = (outcome: string): boolean => outcome.startsWith('AccessDenied');

describe('the role of a function that decodes photos', () => {
  it('of assess-photo finds nothing of a job whose id it does not know, and writes no original', async () => {
    const Bucket = nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket');
    const TableName = jobsTableOf(fettle);
    const refused = await outcomes('AssessPhoto', (s3, tables) => [
      s3.send(new ListObjectsV2Command({ Bucket })),
      s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'uploads/acme/' })),
      s3.send(new GetObjectCommand({ Bucket, Key: `derived/acme/${jobId}/p001/display.jpg` })),
      s3.send(new PutObjectCommand({ Bucket, Key: `uploads/acme/${jobId}/p001`, Body: 'forged' })),
      tables.send(new ScanCommand({ TableName })),
      tables.send(new DeleteCommand({ TableName, Key: { pk: `JOB#acme#${jobId}`, sk: 'JOB' } })),
      tables.send(
        new QueryCommand({
          TableName,
          IndexName: 'newestFirst',
          KeyConditionExpression: 'workspaceId = :workspace',
          ExpressionAttributeValues: { ':workspace': 'acme' },
        }),
      ),
    ]);
    expect(refused.filter((outcome) => !isDenied(outcome))).toEqual([]);
  });

  it('of pictures-api changes no row and deletes nothing', async () => {
    const Bucket = nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket');
    const TableName = jobsTableOf(fettle);
    const refused = await outcomes('PicturesApi', (s3, tables) => [
      s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/acme/${jobId}/p001` })),
      s3.send(new PutObjectCommand({ Bucket, Key: `uploads/acme/${jobId}/p001`, Body: 'forged' })),
      tables.send(new PutCommand({ TableName, Item: { pk: `JOB#acme#${jobId}`, sk: 'JOB' } })),
      tables.send(new ScanCommand({ TableName })),
    ]);
    expect(refused.filter((outcome) => !isDenied(outcome))).toEqual([]);
  });
});
