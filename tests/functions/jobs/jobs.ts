import { jobOf as compose, type Job, JobRecord, PhotoProgress } from '../../../functions/jobs/job.ts';
import { photoIdAt } from '../../../functions/platform/ids.ts';

export const NOW = new Date('2026-11-22T09:30:00Z');

/** A job of so many photos, of which these are done; `more` is as it is stored. */
export function jobOf(photos: number, done: readonly number[] = [], more: object = {}): Job {
  const record = JobRecord.parse({
    workspaceId: 'acme',
    jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D',
    status: done.length > 0 ? 'processing' : 'awaiting_photos',
    asset: { kind: 'property' },
    options: {},
    photos: Array.from({ length: photos }, (_, index) => ({
      photoId: photoIdAt(index),
      filename: 'photo.jpg',
      contentType: 'image/jpeg',
      bytes: 1000,
    })),
    createdAt: NOW.toISOString(),
    expiresAt: '2026-11-22T10:30:00.000Z',
    deadlineAt: '2026-11-22T10:30:00.000Z',
    ...more,
  });
  return compose(
    record,
    PhotoProgress.parse({ declaredPhotos: photos, donePhotoIds: new Set(done.map(photoIdAt)), ...more }),
  );
}
