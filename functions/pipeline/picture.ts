import { awaitsPhoto, type Job } from '../jobs/job.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { RequestError } from '../platform/errors.ts';
import type { PhotoId, PhotoRef } from '../platform/ids.ts';
import { displayKey, overlayKey } from '../platform/media-keys.ts';

export type PictureKind = 'display' | 'overlay';

/** A picture of a photo: where it lies, which of the two it is, and of which file. */
export type Picture = { readonly key: string; readonly kind: PictureKind; readonly sha256: string };

/**
 * The picture to show of a photo. A photo without findings has no overlay: its display copy shows the same.
 *
 * @throws RequestError when the photo has no picture, saying whether it ever will
 */
export function pictureOf(
  job: Job | undefined,
  photo: PhotoRef,
  assessment: PhotoAssessment | undefined,
  asked: PictureKind,
): Picture {
  if (!job || !isDeclared(job, photo.photoId)) throw new RequestError('not_found', 'No such photo.');
  if (!assessment || !job.donePhotoIds.has(photo.photoId)) throw notYet(job, photo.photoId);
  if (assessment.status !== 'assessed') {
    throw new RequestError('photo_not_readable', `The photo was ${assessment.status}: ${assessment.code}.`);
  }
  const { findings, media } = assessment;
  const kind = asked === 'overlay' && findings.length > 0 ? 'overlay' : 'display';
  return { kind, key: KEY_OF[kind](photo), sha256: media.sha256 };
}

const KEY_OF = { display: displayKey, overlay: overlayKey } as const;

const isDeclared = (job: Job, photoId: PhotoId): boolean => job.photos.some((photo) => photo.photoId === photoId);

const notYet = (job: Job, photoId: PhotoId): RequestError =>
  awaitsPhoto(job, photoId)
    ? new RequestError('photo_not_ready', 'The photo has not been assessed yet. Look at the job for its progress.')
    : new RequestError('not_found', `The photo was not assessed: the job is ${job.status}.`);
