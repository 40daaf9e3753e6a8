import { requestConclusion } from '../jobs/conclusions-client.ts';
import { awaitsPhoto } from '../jobs/job.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { count, log } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { PhotoUploads } from './photo-uploads.ts';

/**
 * Drains the dead-letter queue of `assess-photo`: marks its photos as failed, so that their jobs still conclude.
 *
 * Safe to run twice, also concurrently with a worker: the first assessment of a photo is kept, and a photo counts once.
 */
export const failPhotos: Step<PhotoUploads> = async (uploads) => {
  for (const photo of uploads) await failPhoto(photo);
};

async function failPhoto(photo: PhotoRef): Promise<void> {
  const job = await findJob(photo);
  if (!job || !awaitsPhoto(job, photo.photoId)) return count('PhotoIgnored');

  const detail =
    'the photo could not be assessed after several attempts; please upload another copy of it in a new job';
  const failed = { photoId: photo.photoId, status: 'failed', code: 'worker_died', detail } as const;
  if ((await savePhotoAssessment(photo, failed)) === 'saved') {
    log.warn('Photo failed', { jobId: photo.jobId, photoId: photo.photoId });
    count('PhotoFailed');
  }
  const counted = await countPhoto(photo);
  if (counted.status === 'counted' && counted.complete) await requestConclusion(photo);
}

export const handler = queueHandler(PhotoUploads, failPhotos);
