import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { isComplete } from './job.ts';
import { markProcessing } from './job-changes-store.ts';
import { PhotoRow, photoKey, rowOfPhoto } from './job-rows.ts';
import { addDonePhoto } from './progress-store.ts';

const { jobsTable: TableName } = environment('jobsTable');

/** What is stored of a photo; undefined before it was assessed. */
export async function storedPhoto(ref: PhotoRef): Promise<PhotoRow | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: photoKey(ref), ConsistentRead: true }));
  return Item && PhotoRow.parse(Item);
}

/**
 * Which assessment of a photo stands. `this`: the one that was given. `same_upload`: an earlier one of the same file, its
 * message having been delivered again. `other_upload`: an earlier one of another file, the form having been used again.
 */
export type SaveOutcome = 'saved' | 'same_upload' | 'other_upload';

/**
 * Stores what was found out of a photo, unless that was done before: the first assessment of a photo stands.
 *
 * @param etag of the upload that was assessed; left out when nobody could read it
 */
export async function savePhotoAssessment(
  ref: PhotoRef,
  assessment: PhotoAssessment,
  etag?: string,
): Promise<SaveOutcome> {
  const put = new PutCommand({
    TableName,
    Item: rowOfPhoto(ref, { assessment, etag }),
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await conditionMet(documents.send(put))) return 'saved';
  const earlier = (await storedPhoto(ref))?.etag;
  return etag === undefined || earlier === undefined || etag === earlier ? 'same_upload' : 'other_upload';
}

/**
 * How counting went. `counted`: the photo counts in its job, once however often it is counted; `complete` says that no other
 * is awaited and the job is to be concluded. `closed`: the job has ended, goes on without this photo, or never knew it.
 */
export type Counted = { readonly status: 'counted'; readonly complete: boolean } | { readonly status: 'closed' };

/** Counts a photo whose assessment is stored. */
export async function countPhoto(ref: PhotoRef): Promise<Counted> {
  const progress = await addDonePhoto(ref);
  if (!progress) return { status: 'closed' };
  // A crash before this leaves the job in lists of those that await photos, until it starts or ends.
  if (progress.donePhotoIds.size === 1) await markProcessing(ref);
  return { status: 'counted', complete: isComplete(progress) };
}
