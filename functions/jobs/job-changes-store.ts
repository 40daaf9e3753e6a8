import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Conclusion } from '../assessments/assessment.ts';
import { documents, holds } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { JobRef, PhotoId } from '../platform/ids.ts';
import { PROCESSING_SECONDS } from './deadlines.ts';
import { type FinalStatus, Job, type JobError, secondsAfter } from './job.ts';
import { conclusionKey, jobKey } from './job-rows.ts';
import { jobNamed } from './job-store.ts';

const { jobsTable: TableName } = environment('jobsTable');

type Change = {
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** stand-ins for attribute names that DynamoDB reserves */
  readonly names?: Readonly<Record<string, string>>;
  /** beside that the job has not ended */
  readonly onlyIf?: string;
};

/** The job after the change; undefined when the job has ended, does not exist, or `onlyIf` does not hold. */
export async function changeOpenJob(ref: JobRef, { update, values, names, onlyIf }: Change): Promise<Job | undefined> {
  const stillOpen = '#status IN (:awaiting, :processing)';
  const input: UpdateCommandInput = {
    TableName,
    Key: jobKey(ref),
    UpdateExpression: update,
    // Every change of a job rests on this condition, so that no final state is ever left.
    ConditionExpression: onlyIf ? `${stillOpen} AND ${onlyIf}` : stillOpen,
    ExpressionAttributeNames: { ...names, '#status': 'status' },
    ExpressionAttributeValues: { ...values, ':awaiting': 'awaiting_photos', ':processing': 'processing' },
    ReturnValues: 'ALL_NEW',
  };
  let job: Job | undefined;
  await holds(
    documents.send(new UpdateCommand(input)).then(({ Attributes }) => {
      job = Job.parse(Attributes);
    }),
  );
  return job;
}

/**
 * Takes no more photos than those that have arrived. A repeat changes nothing: the first set stands.
 *
 * @param arrived at least one
 * @returns the job as it now is, which may have ended
 * @throws RequestError when this workspace has no job by this id
 */
export async function closeUploads(ref: JobRef, arrived: readonly PhotoId[], now: Date): Promise<Job> {
  const changed = await changeOpenJob(ref, {
    update: 'SET #status = :processing, expectedPhotoIds = :arrived, totalPhotos = :total, deadlineAt = :deadline',
    values: {
      ':arrived': arrived,
      ':total': arrived.length,
      ':deadline': secondsAfter(now, PROCESSING_SECONDS),
    },
    onlyIf: 'attribute_not_exists(expectedPhotoIds)',
  });
  return changed ?? jobNamed(ref);
}

/** Gives a job more time before the sweep looks again; undefined when another sweep was faster, or the job has ended. */
export const prolong = (job: Job, deadlineAt: string): Promise<Job | undefined> =>
  changeOpenJob(job, {
    update: 'SET deadlineAt = :deadline ADD sweeps :one',
    values: { ':deadline': deadlineAt, ':seen': job.deadlineAt, ':one': 1 },
    onlyIf: 'deadlineAt = :seen',
  });

/** How an attempt to end a job went: `ended` is true for the one call that did it. */
export type Ending = { readonly ended: boolean; readonly job: Job };

/**
 * Stores the conclusion, then completes the job.
 *
 * After a crash between the two writes the repeat completes it with the conclusion that was stored first.
 */
export async function completeJob(ref: JobRef, conclusion: Conclusion, now: Date): Promise<Ending> {
  await holds(
    documents.send(
      new PutCommand({
        TableName,
        Item: { ...conclusionKey(ref), conclusion },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return endJob(ref, 'completed', now);
}

/**
 * Ends a job that has not ended yet, for good.
 *
 * @throws RequestError when this workspace has no job by this id
 */
export async function endJob(ref: JobRef, status: FinalStatus, now: Date, error?: JobError): Promise<Ending> {
  const job = await changeOpenJob(ref, {
    // Without its shard the job is gone from the `unfinished` index.
    update: `SET #status = :status, finishedAt = :now${error ? ', #error = :error' : ''} REMOVE unfinishedShard, deadlineAt`,
    values: { ':status': status, ':now': now.toISOString(), ...(error && { ':error': error }) },
    ...(error && { names: { '#error': 'error' } }),
  });
  return job ? { ended: true, job } : { ended: false, job: await jobNamed(ref) };
}
