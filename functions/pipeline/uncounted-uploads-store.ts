import { isSameUpload } from '../jobs/job-rows.ts';
import { findJob } from '../jobs/job-store.ts';
import { storedPhoto } from '../jobs/photo-store.ts';
import { count, log } from '../platform/observability.ts';
import { deleteUpload } from './media-store.ts';
import type { PhotoUpload } from './photo-uploads.ts';

/**
 * Ignores an upload that its job may not wait for: a second one by the same form, or one after the job's end.
 *
 * Its version is deleted, so that the assessed version is the current one again, unless it is the one that the job counts. An
 * object that belongs to no job stays.
 */
export async function ignoreUpload(photo: PhotoUpload): Promise<void> {
  count('PhotoIgnored');
  const { jobId, photoId, versionId } = photo;
  const [job, stored] = await Promise.all([findJob(photo), storedPhoto(photo)]);
  if (!job || versionId === undefined) return;
  const isCounted = job.donePhotoIds.has(photoId) && stored && isSameUpload(stored, photo);
  if (isCounted) return;
  await deleteUpload(photo, versionId);
  log.warn('Upload deleted', {
    jobId,
    photoId,
    versionId,
    jobStatus: job.status,
    assessedVersionId: stored?.versionId,
  });
}
