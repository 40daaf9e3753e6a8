import { RequestError } from '../platform/errors.ts';
import type { PhotoId } from '../platform/ids.ts';
import { isFinal, type Job } from './job.ts';

/** @throws RequestError when the job has ended */
export function refuseEnded({ status }: Job): void {
  if (isFinal(status))
    throw new RequestError('job_finished', `Expected a job that has not ended, this one is ${status}.`);
}

/** The announced photos that a job can go on with: those in the bucket, and those that were assessed already. */
export const availablePhotos = (job: Job, arrived: readonly PhotoId[]): readonly PhotoId[] =>
  job.photos
    .map(({ photoId }) => photoId)
    .filter((photoId) => arrived.includes(photoId) || job.donePhotoIds.has(photoId));

/**
 * The photos that a job starts with.
 *
 * @throws RequestError when there is none
 */
export function startingPhotos(job: Job, arrived: readonly PhotoId[]): readonly PhotoId[] {
  const available = availablePhotos(job, arrived);
  if (available.length === 0) {
    throw new RequestError(
      'no_photos',
      `Expected at least one of the ${job.photos.length} announced photos to have arrived.`,
    );
  }
  return available;
}
