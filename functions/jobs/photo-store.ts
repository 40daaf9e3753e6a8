import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { isComplete } from './job.ts';
import { markProcessing } from './job-changes-store.ts';
import { isSameUpload, PhotoRow, photoKey, rowOfPhoto, type UploadId } from './job-rows.ts';
import { addDonePhoto } from './progress-store.ts';

const { jobsTable: TableName, jobDays } = environment('jobsTable', 'jobDays');

/** A photo's row; undefined before its assessment. */
export async function storedPhoto(ref: PhotoRef): Promise<PhotoRow | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: photoKey(ref), ConsistentRead: true }));
  return Item && PhotoRow.parse(Item);
}

/**
 * `saved`: this assessment was stored. `same_upload`: an earlier one of the same upload is stored (the message was delivered
 * twice). `other_upload`: an earlier one of another upload is stored (the form was used twice).
 */
export type SaveOutcome = 'saved' | 'same_upload' | 'other_upload';

/**
 * Stores a photo's assessment by a conditional write: the first one is kept.
 *
 * @param upload the assessed one; empty when its message was lost
 */
export async function savePhotoAssessment(
  ref: PhotoRef,
  assessment: PhotoAssessment,
  { etag, versionId }: UploadId,
): Promise<SaveOutcome> {
  const put = new PutCommand({
    TableName,
    Item: rowOfPhoto(ref, { assessment, etag, versionId }, Number(jobDays)),
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await conditionMet(documents.send(put))) return 'saved';
  const earlier = await storedPhoto(ref);
  return !earlier || isSameUpload(earlier, { etag, versionId }) ? 'same_upload' : 'other_upload';
}

/**
 * `counted`: the photo is in the job's set of done photos, which is idempotent; `complete` when the job waits for no other
 * photo, so that it can be concluded. `closed`: the job has ended, does not wait for this photo, or does not exist.
 */
export type Counted = { readonly status: 'counted'; readonly complete: boolean } | { readonly status: 'closed' };

/** Counts a photo whose assessment is stored. */
export async function countPhoto(ref: PhotoRef): Promise<Counted> {
  const progress = await addDonePhoto(ref);
  if (!progress) return { status: 'closed' };
  // After a crash here, lists show the job as `awaiting_photos` until it starts or ends.
  if (progress.donePhotoIds.size === 1) await markProcessing(ref);
  return { status: 'counted', complete: isComplete(progress) };
}
