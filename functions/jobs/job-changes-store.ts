import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Conclusion } from '../assessments/assessment.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { JobRef, PhotoId } from '../platform/ids.ts';
import { PROCESSING_SECONDS } from './deadlines.ts';
import { type FinalStatus, type Job, type JobError, type JobRecord, jobOf, secondsAfter } from './job.ts';
import { jobKey, rowOfConclusion, StoredRecord } from './job-rows.ts';
import { jobNamed } from './job-store.ts';
import { endProgress, expectOnly } from './progress-store.ts';

const { jobsTable: TableName, jobDays } = environment('jobsTable', 'jobDays');

type Change = {
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** placeholders for reserved attribute names */
  readonly names?: Readonly<Record<string, string>>;
  /** a condition in addition to "the job has not ended" */
  readonly onlyIf?: string;
};

/** The record after the change; undefined when the job has ended, does not exist, or `onlyIf` does not hold. */
async function changeOpenJob(ref: JobRef, { update, values, names, onlyIf }: Change): Promise<JobRecord | undefined> {
  const stillOpen = '#status IN (:awaiting, :processing)';
  const input: UpdateCommandInput = {
    TableName,
    Key: jobKey(ref),
    UpdateExpression: update,
    // Every change has this condition, so that a final state never changes.
    ConditionExpression: onlyIf ? `${stillOpen} AND ${onlyIf}` : stillOpen,
    ExpressionAttributeNames: { ...names, '#status': 'status' },
    ExpressionAttributeValues: { ...values, ':awaiting': 'awaiting_photos', ':processing': 'processing' },
    ReturnValues: 'ALL_NEW',
  };
  let record: JobRecord | undefined;
  await conditionMet(
    documents.send(new UpdateCommand(input)).then(({ Attributes }) => {
      record = StoredRecord.parse(Attributes);
    }),
  );
  return record;
}

/** Sets the status `processing` on the job's own row, which lists are made from. */
export const markProcessing = (ref: JobRef): Promise<unknown> =>
  changeOpenJob(ref, { update: 'SET #status = :processing', values: {} });

/**
 * Closes uploads: the job awaits only the photos that have arrived. Idempotent; the first set is kept.
 *
 * After a crash between the two writes a repeat, or the sweep, makes the second.
 *
 * @param arrived at least one
 * @returns the current job, which may have ended
 * @throws RequestError when this workspace has no job by this id
 */
export async function closeUploads(ref: JobRef, arrived: readonly PhotoId[], now: Date): Promise<Job> {
  const progress = await expectOnly(ref, arrived);
  if (progress) {
    await changeOpenJob(ref, {
      update: 'SET #status = :processing, startedAt = :now, totalPhotos = :total, deadlineAt = :deadline',
      values: {
        ':now': now.toISOString(),
        ':total': progress.expectedPhotoIds?.length,
        ':deadline': secondsAfter(now, PROCESSING_SECONDS),
      },
      onlyIf: 'attribute_not_exists(startedAt)',
    });
  }
  return jobNamed(ref);
}

/** Moves a job's deadline; false when a concurrent sweep has moved it, or the job has ended. */
export async function prolong(job: Job, deadlineAt: string): Promise<boolean> {
  const changed = await changeOpenJob(job, {
    update: 'SET deadlineAt = :deadline ADD sweeps :one',
    values: { ':deadline': deadlineAt, ':seen': job.deadlineAt, ':one': 1 },
    onlyIf: 'deadlineAt = :seen',
  });
  return changed !== undefined;
}

/**
 * Stores the conclusion, then completes the job.
 *
 * After a crash between the two writes a repeat completes the job with the first conclusion.
 *
 * @returns whether this call completed it
 */
export async function completeJob(ref: JobRef, conclusion: Conclusion, now: Date): Promise<boolean> {
  await conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: rowOfConclusion(ref, conclusion, Number(jobDays)),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return (await endRecord(ref, 'completed', now)) !== undefined;
}

/** The result of ending a job: `ended` is true for exactly one call. */
export type Ending = { readonly ended: boolean; readonly job: Job };

/**
 * Ends a job that has not ended yet. No further photo is counted.
 *
 * @throws RequestError when this workspace has no job by this id
 */
export async function endJob(
  ref: JobRef,
  status: Exclude<FinalStatus, 'completed'>,
  now: Date,
  error?: JobError,
): Promise<Ending> {
  const record = await endRecord(ref, status, now, error);
  const progress = record && (await endProgress(ref, now));
  return progress
    ? { ended: true, job: jobOf(record, progress) }
    : { ended: record !== undefined, job: await jobNamed(ref) };
}

const endRecord = (ref: JobRef, status: FinalStatus, now: Date, error?: JobError): Promise<JobRecord | undefined> =>
  changeOpenJob(ref, {
    // Without unfinishedShard the job leaves the `unfinished` index.
    update: `SET #status = :status, finishedAt = :now${error ? ', #error = :error' : ''} REMOVE unfinishedShard, deadlineAt`,
    values: { ':status': status, ':now': now.toISOString(), ...(error && { ':error': error }) },
    ...(error && { names: { '#error': 'error' } }),
  });
