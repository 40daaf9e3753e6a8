import { RequestError } from '../platform/errors.ts';
import type { PhotoId } from '../platform/ids.ts';
import { isFinal, type Job } from './job.ts';

/** @throws RequestError when the job has ended */
export function refuseEnded({ status }: Job): void {
  if (isFinal(status))
    throw new RequestError(
      'job_finished',
      `The job has already ended: it is ${status}. Create a new job to assess the asset again.`,
    );
}

/** The announced photos that were uploaded or already assessed. */
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
      `None of the ${job.photos.length} announced photos has arrived yet. Upload at least one, then start the job again.`,
    );
  }
  return available;
}
