import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { declarationIn, type UploadDeclaration } from '../jobs/upload-declaration.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { uploadKey } from '../platform/media-keys.ts';
import { s3 } from '../platform/s3-client.ts';

const { mediaBucket: Bucket } = environment('mediaBucket');

/** Lifetime of a presigned picture URL. */
const PICTURE_URL_SECONDS = 300;

/** An uploaded file. Its ETag identifies the upload: a form can be used twice before it expires. */
export type UploadedFile = {
  readonly file: Uint8Array;
  readonly etag: string | undefined;
  /** undefined when it was not uploaded by our form */
  readonly declaration: UploadDeclaration | undefined;
};

/** The uploaded file of a photo; undefined after its retention. */
export async function findUpload(photo: PhotoRef): Promise<UploadedFile | undefined> {
  try {
    const { Body, ETag, Metadata = {} } = await s3.send(new GetObjectCommand({ Bucket, Key: uploadKey(photo) }));
    if (!Body) throw new Error(`S3 gave no content for ${uploadKey(photo)}`);
    return {
      file: await Body.transformToByteArray(),
      // ETags are quoted here, and unquoted in notifications.
      etag: ETag?.replaceAll('"', ''),
      declaration: declarationIn(Metadata),
    };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
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
