import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Conclusion } from '../assessments/assessment.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { RequestError } from '../platform/errors.ts';
import type { JobRef } from '../platform/ids.ts';
import { awaitedPhotoIds, type Job } from './job.ts';
import {
  ConclusionRow,
  isConclusionRow,
  isPhotoRow,
  JOB_ROWS,
  jobAmong,
  PhotoRow,
  partitionOf,
  type Row,
  rowOfJob,
  rowOfProgress,
} from './job-rows.ts';
import { isOver } from './lifetime.ts';

const { jobsTable: TableName, ...variables } = environment('jobsTable', 'jobDays');
const jobDays = Number(variables.jobDays);

/**
 * Stores a new job. A repeat with the same id changes nothing and returns the job that was stored first.
 *
 * The progress is written first, so that after a crash between the two writes no job is without progress.
 */
export async function createJob(job: Job): Promise<Job> {
  await storeProgress(job);
  return (await putNew(rowOfJob(job, jobDays))) ? job : jobNamed(job);
}

/** Stores the progress of a job that has none yet. */
export const storeProgress = (job: Job): Promise<boolean> => putNew(rowOfProgress(job, jobDays));

const putNew = (Item: Row): Promise<boolean> =>
  conditionMet(documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })));

/** The job; undefined when this workspace has no job by this id. */
export const findJob = async (ref: JobRef): Promise<Job | undefined> => jobAmong(await rowsOf(ref, JOB_ROWS));

/** @throws RequestError when this workspace has no job by this id */
export async function jobNamed(ref: JobRef): Promise<Job> {
  const job = await findJob(ref);
  if (!job) throw new RequestError('not_found', 'No such job.');
  return job;
}

export type JobWithPhotos = {
  readonly job: Job;
  /** assessments of the awaited photos, in the order of their ids */
  readonly photos: readonly PhotoAssessment[];
  /** present once the job has been concluded */
  readonly conclusion?: Conclusion;
};

/** A job with its photo assessments; undefined when this workspace has no job by this id. */
export async function jobWithPhotos(ref: JobRef): Promise<JobWithPhotos | undefined> {
  const rows = await rowsOf(ref);
  const job = jobAmong(rows);
  if (!job) return undefined;
  const awaited = new Set<string>(awaitedPhotoIds(job));
  const conclusion = rows.find(isConclusionRow);
  return {
    job,
    photos: rows
      .filter(isPhotoRow)
      .map((row) => PhotoRow.parse(row).assessment)
      .filter(({ photoId }) => awaited.has(photoId)),
    ...(conclusion && { conclusion: ConclusionRow.parse(conclusion).conclusion }),
  };
}

/** A completed job with its conclusion. @throws Error when it has none, which is a bug */
export async function completedJob(ref: JobRef): Promise<Required<JobWithPhotos>> {
  const found = await jobWithPhotos(ref);
  if (!found?.conclusion) throw new Error(`Job ${ref.jobId} is completed without a conclusion`);
  return { ...found, conclusion: found.conclusion };
}

/** The rows of a job's partition, or those with this prefix of their sort keys; none once the lifetime of the job is over. */
async function rowsOf(ref: JobRef, begin?: string): Promise<Row[]> {
  const rows: Row[] = [];
  if (isOver(ref.jobId, jobDays, new Date())) return rows;
  let ExclusiveStartKey: Row | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: begin ? 'pk = :pk AND begins_with(sk, :begin)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(ref), ...(begin && { ':begin': begin }) },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    rows.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}
