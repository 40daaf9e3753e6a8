import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { s3 } from '../platform/s3-client.ts';
import { BOOKS_DIR } from './comp-book-runtime.ts';
import {
  type CompsUpload,
  CompsUploadRow,
  fileKey,
  rejectedKey,
  rowOfUpload,
  type UploadRef,
  type UploadResult,
  uploadRowKey,
} from './comps-upload.ts';

const { compsTable: TableName, mediaBucket: Bucket } = environment('compsTable', 'mediaBucket');

/** Lifetime of the URL of rejected rows. */
const URL_SECONDS = 300;

/** Stores a new upload; one that is there already stays as it is. Safe to repeat. */
export async function createUpload(upload: CompsUpload): Promise<CompsUpload> {
  const Item = rowOfUpload(upload);
  const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
  if (await conditionMet(documents.send(put))) return upload;
  return (await findUpload(upload)) ?? upload;
}

export async function findUpload(ref: UploadRef): Promise<CompsUpload | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: uploadRowKey(ref), ConsistentRead: true }));
  return Item && CompsUploadRow.parse(Item);
}

/** A presigned POST of exactly so many bytes, valid until the upload expires. */
export async function uploadForm(upload: CompsUpload, now: Date) {
  const secondsLeft = Math.floor((Date.parse(upload.expiresAt) - now.getTime()) / 1000);
  const { url, fields } = await createPresignedPost(s3, {
    Bucket,
    Key: fileKey(upload),
    Conditions: [['content-length-range', upload.bytes, upload.bytes]],
    // A repeated request can be later than the expiry; the SDK needs at least one second.
    Expires: Math.max(1, secondsLeft),
  });
  return { url, fields };
}

/** Whether the file has arrived. */
export async function hasFile(ref: UploadRef): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: fileKey(ref) }));
  return Contents.length > 0;
}

/** The file, in a file of this machine. */
export async function fetchUpload(ref: UploadRef): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: fileKey(ref) }));
  const file = join(BOOKS_DIR, ref.uploadId);
  await pipeline(Body as Readable, createWriteStream(file));
  return file;
}

/** Stores the rejected rows. Safe to repeat. */
export async function saveRejected(ref: UploadRef, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key: rejectedKey(ref), Body, ContentType: 'text/csv; charset=utf-8' }));
}

/** A short-lived URL of the rejected rows. */
export async function rejectedUrl(ref: UploadRef, now: Date) {
  const command = new GetObjectCommand({
    Bucket,
    Key: rejectedKey(ref),
    ResponseContentDisposition: `attachment; filename="rejected-${ref.uploadId}.csv"`,
  });
  const url = await getSignedUrl(s3, command, { expiresIn: URL_SECONDS, signingDate: now });
  return { url, expiresAt: new Date(now.getTime() + URL_SECONDS * 1000).toISOString() };
}

type Progress = {
  readonly status: CompsUpload['status'];
  readonly endedAt?: string;
  readonly detail?: string;
  readonly result?: UploadResult;
};

/** Changes what an upload has come to, unless it has ended. Safe to repeat. */
export async function progressUpload(ref: UploadRef, progress: Progress): Promise<void> {
  const entries = Object.entries(progress);
  const update = new UpdateCommand({
    TableName,
    Key: uploadRowKey(ref),
    UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: '#status IN (:awaiting, :processing)',
    ExpressionAttributeNames: {
      '#status': 'status',
      ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':awaiting': 'awaiting_file',
      ':processing': 'processing',
      ...Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
    },
  });
  await conditionMet(documents.send(update));
}
