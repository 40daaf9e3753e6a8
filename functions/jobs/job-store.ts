import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Conclusion } from '../assessments/assessment.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { documents, holds } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { RequestError } from '../platform/errors.ts';
import type { JobRef } from '../platform/ids.ts';
import { awaitedPhotoIds, Job } from './job.ts';
import { conclusionKey, isPhotoRow, jobKey, PhotoRow, partitionOf, type Row, rowOfJob } from './job-rows.ts';

const { jobsTable: TableName } = environment('jobsTable');

/** Stores a new job. A repeat with the same id changes nothing and gives the job as it was stored the first time. */
export async function createJob(job: Job): Promise<Job> {
  const put = new PutCommand({ TableName, Item: rowOfJob(job), ConditionExpression: 'attribute_not_exists(pk)' });
  if (await holds(documents.send(put))) return job;
  return (await findJob(job)) ?? job;
}

/** The job; undefined when this workspace has none by this id. */
export async function findJob(ref: JobRef): Promise<Job | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: jobKey(ref), ConsistentRead: true }));
  return Item && Job.parse(Item);
}

/** @throws RequestError when this workspace has no job by this id */
export async function jobNamed(ref: JobRef): Promise<Job> {
  const job = await findJob(ref);
  if (!job) throw new RequestError('not_found', 'No such job.');
  return job;
}

export type JobWithPhotos = {
  readonly job: Job;
  /** of the awaited photos, in the order of their ids */
  readonly photos: readonly PhotoAssessment[];
  /** there once the job has been concluded */
  readonly conclusion?: Conclusion;
};

/** A job with all that is known of its photos; undefined when this workspace has none by this id. */
export async function jobWithPhotos(ref: JobRef): Promise<JobWithPhotos | undefined> {
  const rows = await rowsOf(ref);
  const jobRow = rows.find(({ sk }) => sk === jobKey(ref).sk);
  if (!jobRow) return undefined;
  const job = Job.parse(jobRow);
  const awaited = new Set<string>(awaitedPhotoIds(job));
  const conclusion = rows.find(({ sk }) => sk === conclusionKey(ref).sk);
  return {
    job,
    photos: rows
      .filter(isPhotoRow)
      .map((row) => PhotoRow.parse(row).assessment)
      .filter(({ photoId }) => awaited.has(photoId)),
    ...(conclusion && { conclusion: Conclusion.parse(conclusion.conclusion) }),
  };
}

/** A job with its conclusion. Throws when it has none, which no completed job is without. */
export async function completedJob(ref: JobRef): Promise<Required<JobWithPhotos>> {
  const found = await jobWithPhotos(ref);
  if (!found?.conclusion) throw new Error(`Job ${ref.jobId} is completed without a conclusion`);
  return { ...found, conclusion: found.conclusion };
}

async function rowsOf(ref: JobRef): Promise<Row[]> {
  const rows: Row[] = [];
  let ExclusiveStartKey: Row | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(ref) },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    rows.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}
