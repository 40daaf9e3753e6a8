import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { JobId, JobRef, WorkspaceId } from '../platform/ids.ts';
import type { IndexName } from '../platform/names/tables.ts';
import type { Page } from '../platform/paging.ts';
import { stored } from '../platform/stored.ts';
import type { JobStatus } from './job.ts';
import { jobKey, type Row, refOfPartition } from './job-rows.ts';
import { JobSummary } from './jobs-contract.ts';
import { oldestJobId } from './lifetime.ts';

const { jobsTable: TableName, jobDays } = environment('jobsTable', 'jobDays');

/** The attributes of a job in the index. */
const StoredSummary = stored(JobSummary);

/** Rows are filtered by status after reading, so the reads per page are limited: for a rare status a page can be short. */
const READS_PER_PAGE = 5;
const ROWS_PER_READ = 200;

export type JobFilter = {
  readonly status?: JobStatus | undefined;
  readonly limit: number;
  /** the last job of the previous page */
  readonly after?: JobId | undefined;
};

/** A page of the workspace's jobs, newest first, less those whose lifetime is over. */
export async function listJobs(
  workspaceId: WorkspaceId,
  { status, limit, after }: JobFilter,
  now: Date,
): Promise<Page<JobSummary>> {
  const oldest = oldestJobId(Number(jobDays), now);
  const entries: JobSummary[] = [];
  // DynamoDB refuses to continue from a row that the query does not include.
  if (after !== undefined && after < oldest) return { entries };
  let position = after;
  for (let read = 0; read < READS_PER_PAGE; read += 1) {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName,
        IndexName: 'newestFirst' satisfies IndexName<'jobs'>,
        KeyConditionExpression: 'workspaceId = :workspace AND jobId >= :oldest',
        ExpressionAttributeValues: { ':workspace': workspaceId, ':oldest': oldest },
        ScanIndexForward: false,
        Limit: status ? ROWS_PER_READ : limit,
        ExclusiveStartKey: position && { ...jobKey({ workspaceId, jobId: position }), workspaceId, jobId: position },
      }),
    );
    for (const row of Items) {
      const summary = StoredSummary.parse(row);
      if (status === undefined || summary.status === status) entries.push(summary);
      position = summary.jobId;
      if (entries.length === limit) return { entries, nextPosition: position };
    }
    if (!LastEvaluatedKey) return { entries };
  }
  return { entries, nextPosition: position };
}

/** The jobs of one shard past their deadline, in the order of their deadlines. */
export async function* overdueJobs(shard: number, now: Date): AsyncGenerator<JobRef> {
  let ExclusiveStartKey: Row | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName,
        IndexName: 'unfinished' satisfies IndexName<'jobs'>,
        KeyConditionExpression: 'unfinishedShard = :shard AND deadlineAt <= :now',
        ExpressionAttributeValues: { ':shard': String(shard), ':now': now.toISOString() },
        ExclusiveStartKey,
      }),
    );
    for (const { pk } of page.Items ?? []) yield refOfPartition(pk);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
