import { awaitsPhoto, type Job } from '../jobs/job.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { RequestError } from '../platform/errors.ts';
import type { PhotoId, PhotoRef } from '../platform/ids.ts';
import { displayKey, overlayKey } from '../platform/media-keys.ts';

export type PictureKind = 'display' | 'overlay';

/** A picture of a photo: its object key, its kind, and the SHA-256 of the assessed file. */
export type Picture = { readonly key: string; readonly kind: PictureKind; readonly sha256: string };

/**
 * The picture of a photo. Without findings the overlay is the display copy.
 *
 * @throws RequestError when the photo has no picture yet, or none at all
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
    throw new RequestError(
      'photo_not_readable',
      `There is no picture: the photo could not be assessed (${assessment.code}).`,
    );
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
    : new RequestError(
        'not_found',
        `There is no picture: the photo was not assessed before the job ended as ${job.status}.`,
      );
