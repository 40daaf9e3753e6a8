import { requestConclusion } from '../jobs/conclusions-client.ts';
import { awaitsPhoto } from '../jobs/job.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import { lostTrials } from '../jobs/trial-store.ts';
import { count, log } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { returnToPhotos } from './photos-client.ts';
import { ignoreUpload } from './uncounted-uploads-store.ts';

/** Lost trials after which a photo is given up: of the four redeliveries of a message, all but one. Chosen by eye. */
const LOST_TRIALS_TO_GIVE_UP = 3;

/**
 * Drains the dead-letter queue of `assess-photo`. A photo that killed workers which had just assessed another photo is marked
 * as failed, so that its job still concludes. Any other photo has met an outage, and returns to the queue, until it is
 * assessed or the sweep ends its job.
 *
 * Safe to run twice, also concurrently with a worker: the first assessment of a photo is kept, and a photo counts once. A photo
 * that returns twice is assessed twice.
 */
export const handleDeadPhotos: Step<PhotoUploads> = async (uploads, { body }) => {
  const outcomes = [];
  for (const photo of uploads) outcomes.push(await failOrHold(photo));
  if (outcomes.includes('held')) await returnToPhotos(body);
};

async function failOrHold(photo: PhotoUpload): Promise<'ended' | 'held'> {
  const job = await findJob(photo);
  if (!job || !awaitsPhoto(job, photo.photoId)) {
    await ignoreUpload(photo);
    return 'ended';
  }
  const trials = await lostTrials(photo);
  if (trials < LOST_TRIALS_TO_GIVE_UP) {
    log.warn('Photo held', { jobId: photo.jobId, photoId: photo.photoId, lostTrials: trials });
    count('PhotoHeld');
    return 'held';
  }
  await failPhoto(photo);
  return 'ended';
}

async function failPhoto(photo: PhotoUpload): Promise<void> {
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

export const handler = queueHandler(PhotoUploads, handleDeadPhotos);
