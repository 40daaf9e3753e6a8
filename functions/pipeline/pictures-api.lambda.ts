import { findJob } from '../jobs/job-store.ts';
import { storedPhoto } from '../jobs/photo-store.ts';
import { RequestError } from '../platform/errors.ts';
import { httpHandler } from '../platform/http-handler.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { admit } from '../platform/request-limits-store.ts';
import { displayCopy } from './display-copy-runtime.ts';
import { findUpload, hasPicture, pictureUrl, savePicture } from './media-store.ts';
import type { PhotoUpload } from './photo-uploads.ts';
import { type Picture, type PictureKind, pictureOf, withoutOverlay } from './picture.ts';
import { PICTURES_API } from './pictures-contract.ts';

export const handler = httpHandler(
  PICTURES_API,
  {
    getDisplay: ({ caller: { workspaceId }, params, now }) => urlOf('display', { workspaceId, ...params }, now),
    getOverlay: ({ caller: { workspaceId }, params, now }) => urlOf('overlay', { workspaceId, ...params }, now),
  },
  { admit },
);

/**
 * Creates a photo's display copy at the first request: most photos are never viewed.
 *
 * Safe to run twice, also concurrently: the same copy is written again.
 */
async function urlOf(kind: PictureKind, photo: PhotoRef, now: Date) {
  const [job, stored] = await Promise.all([findJob(photo), storedPhoto(photo)]);
  const wanted = pictureOf(job, photo, stored?.assessment, kind);
  const isMissing = wanted.kind === 'overlay' && !(await hasPicture(wanted.key));
  const picture = isMissing ? withoutOverlay(photo, wanted) : wanted;
  const isMade = picture.kind === 'overlay' || (await hasPicture(picture.key));
  if (!isMade) await makeDisplay({ ...photo, versionId: stored?.versionId }, picture);
  const url = await pictureUrl(picture.key, `${photo.photoId}-${picture.kind}.jpg`, now);
  return { kind: picture.kind, ...(picture.why && { why: picture.why }), ...url };
}

async function makeDisplay(photo: PhotoUpload, { key, sha256 }: Picture): Promise<void> {
  const upload = await findUpload(photo, photo.versionId);
  const copy = upload && (await displayCopy(upload.file, sha256));
  if (!copy)
    throw new RequestError(
      'picture_expired',
      'The original of this photo is no longer stored, so no picture can be made of it. Its assessment is in the job.',
    );
  await savePicture(key, copy);
}
