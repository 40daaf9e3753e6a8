import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { JobRef, PhotoRef } from '../../functions/platform/ids.ts';
import { uploadKey } from '../../functions/platform/media-keys.ts';
import { objectCreatedRecord } from '../../local/events/object-created.ts';
import { nameOf, type RunningFettle } from './running-stack.ts';

const send = (fettle: RunningFettle, queue: string, message: object) =>
  new SQSClient(fettle.operator).send(
    new SendMessageCommand({
      QueueUrl: nameOf(fettle, 'AWS::SQS::Queue', queue),
      MessageBody: JSON.stringify(message),
    }),
  );

/** A repetition of S3's event for a photo of a job. */
export async function sendEventOf(fettle: RunningFettle, photo: PhotoRef): Promise<void> {
  const object = { bucket: nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket'), key: uploadKey(photo) };
  const { ContentLength, ETag, LastModified } = await new S3Client({ ...fettle.operator, forcePathStyle: true }).send(
    new HeadObjectCommand({ Bucket: object.bucket, Key: object.key }),
  );
  if (ContentLength === undefined || !ETag || !LastModified) throw new Error(`S3 knows too little of ${object.key}`);
  const record = objectCreatedRecord(
    {
      ...object,
      eventName: 'ObjectCreated:Post',
      principalId: 'AWS:test',
      sourceIp: '127.0.0.1',
      bytes: ContentLength,
      // ETags are quoted here, and unquoted in notifications.
      eTag: ETag.replaceAll('"', ''),
      timeMs: LastModified.getTime(),
    },
    fettle.operator.region,
  );
  await send(fettle, 'PipelinePhotosQueue', { Records: [record] });
}

/** A request for a job's conclusion. */
export const sendConclusion = (fettle: RunningFettle, job: JobRef) => send(fettle, 'ConclusionsQueue', job);
