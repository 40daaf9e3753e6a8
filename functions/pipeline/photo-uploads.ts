import { z } from 'zod';
import type { UploadId } from '../jobs/job-rows.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { photoOfUploadKey } from '../platform/media-keys.ts';

/** One upload of a photo. */
export type PhotoUpload = PhotoRef & UploadId;

/** S3's test message, sent once when the notification is configured. */
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') }).transform((): PhotoUpload[] => []);

const S3Object = z.object({ key: z.string(), eTag: z.string().optional(), versionId: z.string().optional() });

const ObjectCreated = z
  .object({
    Records: z.array(z.object({ s3: z.object({ object: S3Object }) })),
  })
  .transform(({ Records }) => Records.flatMap(({ s3: { object } }) => uploadOf(object)));

/** The uploads in an S3 event notification; none for other objects and for S3's test message. */
export const PhotoUploads = z.union([ObjectCreated, TestEvent]);
export type PhotoUploads = z.infer<typeof PhotoUploads>;

function uploadOf({ key, eTag: etag, versionId }: z.infer<typeof S3Object>): PhotoUpload[] {
  const photo = photoOfUploadKey(decodeKey(key));
  return photo ? [{ ...photo, ...(etag && { etag }), ...(versionId && { versionId }) }] : [];
}

/** Keys in notifications are URL-encoded. Ours consist of ids and slashes, so only `%2F` needs decoding. */
const decodeKey = (key: string): string => key.replaceAll(/%2f/gi, '/');
