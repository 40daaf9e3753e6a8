import { awaitsPhoto, type Job } from '../jobs/job.ts';
import { hasOverlay } from '../photos/overlay.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { RequestError } from '../platform/errors.ts';
import type { PhotoId, PhotoRef } from '../platform/ids.ts';
import { displayKey, overlayKey } from '../platform/media-keys.ts';

export const PICTURE_KINDS = ['display', 'overlay'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** A picture of a photo: its object key, its kind, the SHA-256 of the assessed file, and why it is not the kind that was asked. */
export type Picture = {
  readonly key: string;
  readonly kind: PictureKind;
  readonly sha256: string;
  readonly why?: string;
};

/**
 * The picture of a photo. Where nothing was found, the overlay is the display copy.
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
  const { sha256 } = assessment.media;
  if (asked === 'display') return { kind: 'display', key: displayKey(photo), sha256 };
  if (hasOverlay(assessment)) return { kind: 'overlay', key: overlayKey(photo), sha256 };
  return { kind: 'display', key: displayKey(photo), sha256, why: 'Nothing was found on the photo that can be drawn.' };
}

/** The plain photo in place of an overlay that is not stored: it has expired, or its release drew none of vehicles. */
export const withoutOverlay = (photo: PhotoRef, { sha256 }: Picture): Picture => ({
  kind: 'display',
  key: displayKey(photo),
  sha256,
  why: 'No overlay of this photo is stored: it has expired, or an earlier release drew none. What was found is in the job.',
});

const isDeclared = (job: Job, photoId: PhotoId): boolean => job.photos.some((photo) => photo.photoId === photoId);

const notYet = (job: Job, photoId: PhotoId): RequestError =>
  awaitsPhoto(job, photoId)
    ? new RequestError('photo_not_ready', 'The photo has not been assessed yet. Look at the job for its progress.')
    : new RequestError(
        'not_found',
        `There is no picture: the photo was not assessed before the job ended as ${job.status}.`,
      );
