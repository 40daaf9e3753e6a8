import { environment } from '../platform/environment.ts';
import { sendBody } from '../platform/sqs-client.ts';

const { photosQueueUrl } = environment('photosQueueUrl');

/** Returns a message, as it was received, to the queue of photos, which delivers it as often as a new one. */
export const returnToPhotos = (body: string): Promise<void> => sendBody(photosQueueUrl, body);
