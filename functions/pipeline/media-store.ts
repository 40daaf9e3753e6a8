import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { displayKey, overlayKey, uploadKey } from '../platform/media-keys.ts';
import { s3 } from '../platform/s3-client.ts';
import type { Pictures } from './pipeline-runtime.ts';

const { mediaBucket: Bucket } = environment('mediaBucket');

/** An uploaded file, and which upload it is: a form can be used twice before it expires. */
export type Upload = { readonly file: Uint8Array; readonly etag: string | undefined };

export async function readUpload(photo: PhotoRef): Promise<Upload> {
  const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key: uploadKey(photo) }));
  if (!Body) throw new Error(`S3 gave no content for ${uploadKey(photo)}`);
  // Quoted here, and not in notifications.
  return { file: await Body.transformToByteArray(), etag: ETag?.replaceAll('"', '') };
}

/** Stores the pictures of a photo for people; a repeat writes the same again. */
export async function savePictures(photo: PhotoRef, { display, overlay }: Pictures): Promise<void> {
  await Promise.all([
    savePicture(displayKey(photo), display),
    ...(overlay ? [savePicture(overlayKey(photo), overlay)] : []),
  ]);
}

const savePicture = (Key: string, Body: Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'image/jpeg' }));
