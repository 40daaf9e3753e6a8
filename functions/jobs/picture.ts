import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { RequestError } from '../platform/errors.ts';
import type { PhotoId, PhotoRef } from '../platform/ids.ts';
import { displayKey, overlayKey } from '../platform/media-keys.ts';
import { type Job, takesPhoto } from './job.ts';

export type PictureKind = 'display' | 'overlay';

/**
 * The key of a photo's picture. A photo without findings has no overlay: its display copy shows the same.
 *
 * @throws RequestError when the photo has no picture, saying whether it ever will
 */
export function pictureKey(
  job: Job | undefined,
  photo: PhotoRef,
  assessment: PhotoAssessment | undefined,
  kind: PictureKind,
): string {
  if (!job || !isDeclared(job, photo.photoId)) throw new RequestError('not_found', 'No such photo.');
  if (!assessment) throw notYet(job, photo.photoId);
  if (assessment.status !== 'assessed') {
    throw new RequestError('photo_not_readable', `The photo was ${assessment.status}: ${assessment.code}.`);
  }
  return kind === 'overlay' && assessment.findings.length > 0 ? overlayKey(photo) : displayKey(photo);
}

const isDeclared = (job: Job, photoId: PhotoId): boolean => job.photos.some((photo) => photo.photoId === photoId);

const notYet = (job: Job, photoId: PhotoId): RequestError =>
  takesPhoto(job, photoId)
    ? new RequestError('photo_not_ready', 'The photo has not been assessed yet. Look at the job for its progress.')
    : new RequestError('not_found', `The photo was not assessed: the job is ${job.status}.`);
