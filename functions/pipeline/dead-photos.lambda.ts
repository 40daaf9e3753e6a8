import { requestConclusion } from '../jobs/conclusions-client.ts';
import { awaitsPhoto } from '../jobs/job.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import { count, log } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { ignoreUpload } from './uncounted-uploads-store.ts';

/**
 * Drains the dead-letter queue of `assess-photo`: marks its photos as failed, so that their jobs still conclude.
 *
 * Safe to run twice, also concurrently with a worker: the first assessment of a photo is kept, and a photo counts once.
 */
export const failPhotos: Step<PhotoUploads> = async (uploads) => {
  for (const photo of uploads) await failPhoto(photo);
};

async function failPhoto(photo: PhotoUpload): Promise<void> {
  const job = await findJob(photo);
  if (!job || !awaitsPhoto(job, photo.photoId)) return ignoreUpload(photo);

  const detail =
    'the photo could not be assessed after several attempts; please upload another copy of it in a new job';
  const failed = { photoId: photo.photoId, status: 'failed', code: 'worker_died', detail } as const;
  const saved = await savePhotoAssessment(photo, failed, { versionId: photo.versionId });
  if (saved === 'other_upload') return ignoreUpload(photo);
  if (saved === 'saved') {
    log.warn('Photo failed', { jobId: photo.jobId, photoId: photo.photoId });
    count('PhotoFailed');
  }
  const counted = await countPhoto(photo);
  if (counted.status === 'counted' && counted.complete) await requestConclusion(photo);
}

export const handler = queueHandler(PhotoUploads, failPhotos);
