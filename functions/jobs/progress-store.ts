import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { indexOfPhoto, type JobRef, type PhotoId, type PhotoRef } from '../platform/ids.ts';
import { isFinal, type PhotoProgress } from './job.ts';
import { progressKey, StoredProgress } from './job-rows.ts';
import { findJob, storeProgress } from './job-store.ts';

const { jobsTable: TableName } = environment('jobsTable');

type Change = {
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onlyIf: string;
};

/**
 * Adds an assessed photo to the job's set of done photos, which is idempotent, and returns the new progress.
 *
 * @returns undefined when the job has ended, does not wait for this photo, or does not exist
 */
export const addDonePhoto = ({ photoId, ...job }: PhotoRef): Promise<PhotoProgress | undefined> =>
  changeProgress(job, {
    // Adding an id to a set is idempotent: a photo counts once.
    update: 'ADD donePhotoIds :photos',
    values: { ':photos': new Set([photoId]), ':photo': photoId, ':index': indexOfPhoto(photoId) },
    onlyIf:
      'attribute_not_exists(endedAt) AND declaredPhotos > :index' +
      ' AND (attribute_not_exists(expectedPhotoIds) OR contains(expectedPhotoIds, :photo))',
  });

/** Limits the awaited photos to these; the first set is kept. @returns undefined when the job has ended or does not exist */
export const expectOnly = (job: JobRef, photoIds: readonly PhotoId[]): Promise<PhotoProgress | undefined> =>
  changeProgress(job, {
    update: 'SET expectedPhotoIds = if_not_exists(expectedPhotoIds, :photos)',
    values: { ':photos': photoIds },
    onlyIf: 'attribute_not_exists(endedAt)',
  });

/** Marks the progress of an ended job, so that no further photo is counted. */
export const endProgress = (job: JobRef, now: Date): Promise<PhotoProgress | undefined> =>
  changeProgress(job, {
    update: 'SET endedAt = :now',
    values: { ':now': now.toISOString() },
    onlyIf: 'attribute_not_exists(endedAt)',
  });

async function changeProgress(ref: JobRef, change: Change): Promise<PhotoProgress | undefined> {
  const changed = await attempt(ref, change);
  if (changed) return changed;
  // Jobs of release 0.1.0 have no progress row; it is created on first use.
  const job = await findJob(ref);
  return job && !isFinal(job.status) && (await storeProgress(job)) ? attempt(ref, change) : undefined;
}

async function attempt(ref: JobRef, { update, values, onlyIf }: Change): Promise<PhotoProgress | undefined> {
  let progress: PhotoProgress | undefined;
  await conditionMet(
    documents
      .send(
        new UpdateCommand({
          TableName,
          Key: progressKey(ref),
          UpdateExpression: update,
          ConditionExpression: `attribute_exists(pk) AND ${onlyIf}`,
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      )
      .then(({ Attributes }) => {
        progress = StoredProgress.parse(Attributes);
      }),
  );
  return progress;
}
