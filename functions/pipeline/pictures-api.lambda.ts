import { findJob } from '../jobs/job-store.ts';
import { storedPhoto } from '../jobs/photo-store.ts';
import { RequestError } from '../platform/errors.ts';
import { httpHandler } from '../platform/http-handler.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { operation } from '../platform/operation.ts';
import { displayCopy } from './display-copy-runtime.ts';
import { findUpload, hasPicture, pictureUrl, savePicture } from './media-store.ts';
import { type Picture, type PictureKind, pictureOf } from './picture.ts';
import { GET_DISPLAY, GET_OVERLAY } from './pictures-contract.ts';

/**
 * A display copy is made when somebody first asks for it: most photos are assessed and never looked at.
 *
 * Safe to run twice, at the same time too: the same copy is written again.
 */
const get = (contract: typeof GET_DISPLAY, kind: PictureKind) =>
  operation(contract, async ({ caller, params, now }) => {
    const photo = { workspaceId: caller.workspaceId, ...params };
    const [job, stored] = await Promise.all([findJob(photo), storedPhoto(photo)]);
    const picture = pictureOf(job, photo, stored?.assessment, kind);
    if (!(await hasPicture(picture.key))) await makePicture(photo, picture);
    return pictureUrl(picture.key, `${photo.photoId}-${picture.kind}.jpg`, now);
  });

async function makePicture(photo: PhotoRef, { key, kind, sha256 }: Picture): Promise<void> {
  const upload = kind === 'display' ? await findUpload(photo) : undefined;
  const copy = upload && (await displayCopy(upload.file, sha256));
  if (!copy) throw new RequestError('picture_expired', 'The photo is no longer kept as it was assessed.');
  await savePicture(key, copy);
}

export const handler = httpHandler({
  getDisplay: get(GET_DISPLAY, 'display'),
  getOverlay: get(GET_OVERLAY, 'overlay'),
});
