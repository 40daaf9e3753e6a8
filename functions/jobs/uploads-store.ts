import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { environment } from '../platform/environment.ts';
import type { JobRef, PhotoId } from '../platform/ids.ts';
import { photoOfUploadKey, uploadKey, uploadPrefix } from '../platform/media-keys.ts';
import { s3 } from '../platform/s3-client.ts';
import type { DeclaredPhoto, Job } from './job.ts';
import type { Upload } from './jobs-contract.ts';
import { declarationFields, declarationOf } from './upload-declaration.ts';

const { mediaBucket: Bucket } = environment('mediaBucket');

/** One presigned POST form per announced photo. */
export const uploadForms = (job: Job, now: Date): Promise<Upload[]> =>
  Promise.all(job.photos.map((photo) => uploadForm(job, photo, now)));

/** A presigned POST with conditions on key, type, size, declaration and checksum (if announced), valid until the job expires. */
async function uploadForm(job: Job, photo: DeclaredPhoto, now: Date): Promise<Upload> {
  const secondsLeft = Math.floor((Date.parse(job.expiresAt) - now.getTime()) / 1000);
  const { url, fields } = await createPresignedPost(s3, {
    Bucket,
    Key: uploadKey({ ...job, photoId: photo.photoId }),
    Fields: {
      'Content-Type': photo.contentType,
      ...declarationFields(declarationOf(job, photo)),
      ...checksumFields(photo),
    },
    // The SDK adds an equality condition for each field.
    Conditions: [['content-length-range', 1, photo.bytes]],
    // A repeated request can be later than the expiry; the SDK needs at least one second.
    Expires: Math.max(1, secondsLeft),
  });
  return { photoId: photo.photoId, url, fields };
}

const checksumFields = ({ sha256 }: DeclaredPhoto): Record<string, string> =>
  sha256 === undefined
    ? {}
    : {
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      };

/** The uploaded photos of a job, in the order of their ids. */
export async function arrivedPhotoIds(job: JobRef): Promise<readonly PhotoId[]> {
  // A job has at most 100 photos, and a page of this list 1,000 objects.
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: uploadPrefix(job) }));
  return Contents.flatMap(({ Key = '' }) => photoOfUploadKey(Key)?.photoId ?? []);
}
