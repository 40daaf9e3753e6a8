import { z } from 'zod';
import type { PhotoRef } from '../platform/ids.ts';
import { photoOfUploadKey } from '../platform/media-keys.ts';

/** One upload: the photo, and S3's ETag of its content, if any. */
export type PhotoUpload = PhotoRef & { readonly etag?: string };

/** S3's test message, sent once when the notification is configured. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') }).transform((): PhotoUpload[] => []);

const ObjectCreated = z
  .object({
    Records: z.array(
      z.object({ s3: z.object({ object: z.object({ key: z.string(), eTag: z.string().optional() }) }) }),
    ),
  })
  .transform(({ Records }) => Records.flatMap(({ s3: { object } }) => uploadOf(object.key, object.eTag)));

/** The uploads in an S3 event notification; none for other objects and for S3's test message. */
export const PhotoUploads = z.union([ObjectCreated, TestEvent]);
export type PhotoUploads = z.infer<typeof PhotoUploads>;

function uploadOf(key: string, etag: string | undefined): PhotoUpload[] {
  const photo = photoOfUploadKey(decodeKey(key));
  return photo ? [{ ...photo, ...(etag && { etag }) }] : [];
}

/** Keys in notifications are URL-encoded. Ours consist of ids and slashes, so only `%2F` needs decoding. */
const decodeKey = (key: string): string => key.replaceAll(/%2f/gi, '/');
