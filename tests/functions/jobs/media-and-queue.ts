import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Puts a photo where its form would. */
export const upload = (jobId: string, photoId: string) =>
  new S3Client({}).send(
    new PutObjectCommand({ Bucket: 'media', Key: `uploads/acme/${jobId}/${photoId}`, Body: 'photo' }),
  );

/** Takes out of the queue which jobs were passed on to be concluded. */
export async function passedOn(): Promise<string[]> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const QueueUrl = process.env.CONCLUSIONS_QUEUE_URL;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body).jobId);
}
