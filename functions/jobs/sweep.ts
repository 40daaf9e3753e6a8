import type { PhotoId } from '../platform/ids.ts';
import { isComplete, type Job, missingPhotoIds } from './job.ts';
import { availablePhotos } from './start-job.ts';

/** Number of conclusions that the sweep requests before it fails the job. The queue retries each several times. */
export const MAX_SWEEPS = 2;

/** The action for a job past its deadline. */
export type SweepAction =
  /** no photo has arrived */
  | { readonly kind: 'expire' }
  /** some photos arrived, and the time for uploads is over */
  | { readonly kind: 'close_uploads'; readonly arrived: readonly PhotoId[] }
  /** these photos arrived and were not assessed in time */
  | { readonly kind: 'fail_photos'; readonly photoIds: readonly PhotoId[] }
  /** all photos are assessed, and the job is not concluded */
  | { readonly kind: 'request_conclusion' }
  | { readonly kind: 'fail' };

/** @param arrived the job's photos in the bucket */
export function sweepAction(job: Job, arrived: readonly PhotoId[]): SweepAction {
  if (isComplete(job)) return { kind: job.sweeps < MAX_SWEEPS ? 'request_conclusion' : 'fail' };
  if (job.startedAt) return { kind: 'fail_photos', photoIds: missingPhotoIds(job) };
  // Expected photos without startedAt: closeUploads crashed between its two writes; repeat it.
  const available = job.expectedPhotoIds ?? availablePhotos(job, arrived);
  return available.length === 0 ? { kind: 'expire' } : { kind: 'close_uploads', arrived: available };
}
