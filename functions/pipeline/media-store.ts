import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { UploadId } from '../jobs/job-rows.ts';
import { declarationIn, type UploadDeclaration } from '../jobs/upload-declaration.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { uploadKey } from '../platform/media-keys.ts';
import { s3 } from '../platform/s3-client.ts';

const { mediaBucket: Bucket } = environment('mediaBucket');

/** Lifetime of a presigned picture URL. */
const PICTURE_URL_SECONDS = 300;

/** An uploaded file. */
export type UploadedFile = UploadId & {
  readonly file: Uint8Array;
  /** undefined when it was not uploaded by our form */
  readonly declaration: UploadDeclaration | undefined;
};

/**
 * The uploaded file of a photo, of the named version or the current one; undefined when it is not stored, or no longer.
 *
 * @throws AccessDenied in place of undefined for functions that may not list the bucket
 */
export async function findUpload(photo: PhotoRef, VersionId?: string): Promise<UploadedFile | undefined> {
  try {
    const get = new GetObjectCommand({ Bucket, Key: uploadKey(photo), VersionId });
    const { Body, ETag, VersionId: versionId, Metadata = {} } = await s3.send(get);
    if (!Body) throw new Error(`S3 gave no content for ${uploadKey(photo)}`);
    return {
      file: await Body.transformToByteArray(),
      // ETags are quoted here, and unquoted in notifications.
      etag: ETag?.replaceAll('"', ''),
      versionId,
      declaration: declarationIn(Metadata),
    };
  } catch (error) {
    if (error instanceof S3ServiceException && GONE.includes(error.name)) return undefined;
    throw error;
  }
}

const GONE = ['NoSuchKey', 'NoSuchVersion'];

/** Deletes one version of an upload for good; the version before it is the current one then. Idempotent. */
export async function deleteUpload(photo: PhotoRef, VersionId: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket, Key: uploadKey(photo), VersionId }));
}

/** Stores a derived picture; idempotent. */
export async function savePicture(Key: string, Body: Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'image/jpeg' }));
}

export async function hasPicture(Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

export type PictureUrl = { readonly url: string; readonly expiresAt: string };

/** A short-lived URL of a derived picture. */
export async function pictureUrl(Key: string, filename: string, now: Date): Promise<PictureUrl> {
  const command = new GetObjectCommand({
    Bucket,
    Key,
    ResponseContentType: 'image/jpeg',
    ResponseContentDisposition: `inline; filename="${filename}"`,
    ResponseCacheControl: 'private, no-store',
  });
  const url = await getSignedUrl(s3, command, { expiresIn: PICTURE_URL_SECONDS, signingDate: now });
  return { url, expiresAt: new Date(now.getTime() + PICTURE_URL_SECONDS * 1000).toISOString() };
}
