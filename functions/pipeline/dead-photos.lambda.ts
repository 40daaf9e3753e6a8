import { passOn } from '../jobs/conclusions-client.ts';
import { placeOfPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { count, log } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { PhotoUploads } from './photo-uploads.ts';

/**
 * Marks photos as failed whose every delivery ended in an error or the worker's death, so that their job still concludes.
 *
 * Safe to run twice, and beside a late worker: the first assessment of a photo stands, and a photo counts once.
 */
export const failPhotos: Step<PhotoUploads> = async (uploads) => {
  for (const photo of uploads) await failPhoto(photo);
};

async function failPhoto(photo: PhotoRef): Promise<void> {
  const place = await placeOfPhoto(photo);
  if (place.status === 'unknown' || place.status === 'closed') return count('PhotoIgnored');

  const detail = 'the photo could not be assessed in any of its deliveries';
  const saved = await savePhotoAssessment(photo, {
    photoId: photo.photoId,
    status: 'failed',
    code: 'worker_died',
    detail,
  });
  if (saved.status !== 'counted') return;
  if (!saved.alreadyAssessed) {
    log.error('Photo failed', { jobId: photo.jobId, photoId: photo.photoId });
    count('PhotoFailed');
  }
  if (saved.complete) await passOn(photo);
}

export const handler = queueHandler(PhotoUploads, failPhotos);
