import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { documents, holds } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { type DeclaredPhoto, isComplete, type Job, takesPhoto } from './job.ts';
import { changeOpenJob } from './job-changes-store.ts';
import { PhotoRow, photoKey } from './job-rows.ts';
import { findJob } from './job-store.ts';

const { jobsTable: TableName } = environment('jobsTable');

/**
 * Where an uploaded photo stands in its job.
 *
 * `open`: to be assessed. `assessed`: done before, so only to be counted again (`sameUpload` is false when its form was used
 * for another content since). `closed`: the job has ended, or went on without this photo. `unknown`: nobody announced it.
 */
export type PhotoPlace =
  | { readonly status: 'open'; readonly job: Job; readonly declared: DeclaredPhoto }
  | {
      readonly status: 'assessed';
      readonly job: Job;
      readonly declared: DeclaredPhoto;
      readonly assessment: PhotoAssessment;
      readonly sameUpload: boolean;
    }
  | { readonly status: 'closed'; readonly job: Job }
  | { readonly status: 'unknown' };

/** @param etag of the upload that is being looked at; left out by who does not have it in hand */
export async function placeOfPhoto(ref: PhotoRef, etag?: string): Promise<PhotoPlace> {
  const [job, stored] = await Promise.all([findJob(ref), storedPhoto(ref)]);
  const declared = job?.photos.find(({ photoId }) => photoId === ref.photoId);
  if (!job || !declared) return { status: 'unknown' };
  if (!takesPhoto(job, ref.photoId)) return { status: 'closed', job };
  if (!stored) return { status: 'open', job, declared };
  const sameUpload = etag === undefined || stored.etag === undefined || etag === stored.etag;
  return { status: 'assessed', job, declared, assessment: stored.assessment, sameUpload };
}

/** What is stored of a photo; undefined before it was assessed. */
export async function storedPhoto(ref: PhotoRef): Promise<PhotoRow | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: photoKey(ref), ConsistentRead: true }));
  return Item && PhotoRow.parse(Item);
}

/**
 * How saving went. `counted`: the photo counts in its job, once however often it is saved; `complete` says that nothing more
 * is awaited and the job is to be passed on to its conclusion. `closed`: the job has ended or does not exist.
 */
export type SavedAssessment =
  | { readonly status: 'counted'; readonly job: Job; readonly complete: boolean; readonly alreadyAssessed: boolean }
  | { readonly status: 'closed' };

/**
 * Stores what was found out of a photo, then counts the photo. The first assessment of a photo stands.
 *
 * After a crash between the two writes the repeat counts it.
 */
export async function savePhotoAssessment(
  ref: PhotoRef,
  assessment: PhotoAssessment,
  etag?: string,
): Promise<SavedAssessment> {
  const stored = await holds(
    documents.send(
      new PutCommand({
        TableName,
        Item: { ...photoKey(ref), assessment, etag },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return countPhoto(ref, !stored);
}

/** Counts a photo whose assessment is stored; what is left to do when its message comes again. */
export async function countPhoto(ref: PhotoRef, alreadyAssessed = true): Promise<SavedAssessment> {
  const job = await changeOpenJob(ref, {
    // Adding to a set is what makes a photo count once.
    update: 'SET #status = :processing ADD donePhotoIds :photo',
    values: { ':photo': new Set([ref.photoId]) },
  });
  return job ? { status: 'counted', job, complete: isComplete(job), alreadyAssessed } : { status: 'closed' };
}
