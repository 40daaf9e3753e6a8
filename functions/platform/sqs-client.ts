import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

export const sqs = new SQSClient({
  // The region's endpoint (or AWS_ENDPOINT_URL), not the host of the queue's URL.
  useQueueUrlAsEndpoint: false,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** Sends one message to a queue, as JSON. */
export const send = (queueUrl: string, message: object): Promise<void> => sendBody(queueUrl, JSON.stringify(message));

/** Sends one message to a queue. */
export async function sendBody(queueUrl: string, body: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
}
