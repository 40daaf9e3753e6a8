import { z } from 'zod';
import type { PhotoRef } from '../platform/ids.ts';
import { photoOfUploadKey } from '../platform/media-keys.ts';

/** One upload: whose photo, and of which content (S3's ETag, where it gives one). */
export type PhotoUpload = PhotoRef & { readonly etag?: string };

/** S3's word to a queue that it may write to it; sent once, when the notification is set up. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') }).transform((): PhotoUpload[] => []);

const ObjectCreated = z
  .object({
    Records: z.array(
      z.object({ s3: z.object({ object: z.object({ key: z.string(), eTag: z.string().optional() }) }) }),
    ),
  })
  .transform(({ Records }) => Records.flatMap(({ s3: { object } }) => uploadOf(object.key, object.eTag)));

/** The uploads that an S3 notification tells of. What is none of ours, and S3's test message, are none. */
export const PhotoUploads = z.union([ObjectCreated, TestEvent]);
export type PhotoUploads = z.infer<typeof PhotoUploads>;

function uploadOf(key: string, etag: string | undefined): PhotoUpload[] {
  const photo = photoOfUploadKey(decodeKey(key));
  return photo ? [{ ...photo, ...(etag && { etag }) }] : [];
}

/** Keys in notifications are URL-encoded. Ours are made of ids and need none of it but `%2F` for a slash, which some senders write. */
const decodeKey = (key: string): string => key.replaceAll(/%2f/gi, '/');
