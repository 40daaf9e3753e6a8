import { randomInt, randomUUID } from 'node:crypto';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { TABLES } from '../platform/names/tables.ts';
import { s3 } from '../platform/s3-client.ts';
import { sqs } from '../platform/sqs-client.ts';

const { jobsTable, mediaBucket, photosQueueUrl } = environment('jobsTable', 'mediaBucket', 'photosQueueUrl');

/** One of a few rows that are overwritten, so that none accumulate and concurrent instances seldom share one. */
const probeKey = { pk: TABLES.jobs.partitions.probe, sk: String(randomInt(1_000)) };

/** Writes a row and reads the same one back. */
export async function probeTable(): Promise<void> {
  const probe = randomUUID();
  await documents.send(new PutCommand({ TableName: jobsTable, Item: { ...probeKey, probe } }));
  const { Item } = await documents.send(new GetCommand({ TableName: jobsTable, Key: probeKey, ConsistentRead: true }));
  if (Item?.probe !== probe) throw new Error('The table returned another row than was written');
}

export async function probeBucket(): Promise<void> {
  await s3.send(new HeadBucketCommand({ Bucket: mediaBucket }));
}

export async function probeQueue(): Promise<void> {
  await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: photosQueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
}
