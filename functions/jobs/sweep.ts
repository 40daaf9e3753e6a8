import type { PhotoId } from '../platform/ids.ts';
import { isComplete, type Job, missingPhotoIds } from './job.ts';
import { availablePhotos } from './start-job.ts';

/** How often the sweep requests a job's conclusion before it fails the job. The queue itself tries several times each. */
export const MAX_SWEEPS = 2;

/** What is to be done with a job whose deadline has passed. */
export type SweepAction =
  /** no photo ever arrived */
  | { readonly kind: 'expire' }
  /** some photos arrived, and no more are to come */
  | { readonly kind: 'close_uploads'; readonly arrived: readonly PhotoId[] }
  /** these photos arrived, and were never seen again */
  | { readonly kind: 'fail_photos'; readonly photoIds: readonly PhotoId[] }
  /** all photos are done, yet nobody drew the conclusion */
  | { readonly kind: 'request_conclusion' }
  | { readonly kind: 'fail' };

/** @param arrived the job's photos that lie in the bucket */
export function sweepAction(job: Job, arrived: readonly PhotoId[]): SweepAction {
  if (isComplete(job)) return { kind: job.sweeps < MAX_SWEEPS ? 'request_conclusion' : 'fail' };
  if (job.startedAt) return { kind: 'fail_photos', photoIds: missingPhotoIds(job) };
  // Expected photos without a start: it died between its two writes, and is made up for.
  const available = job.expectedPhotoIds ?? availablePhotos(job, arrived);
  return available.length === 0 ? { kind: 'expire' } : { kind: 'close_uploads', arrived: available };
}
