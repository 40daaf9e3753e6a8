import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { awaitedPhotoIds, isFinal, missingPhotoIds } from '../../functions/jobs/job.ts';
import { jobAmong } from '../../functions/jobs/job-rows.ts';
import { jobsTableOf, type RunningFettle, until } from './running-stack.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Every violation of "nothing is lost and nothing counts twice" in the whole stack, in words; empty when there is none.
 *
 * Waits for all queues to be empty, then reads the tables, not the API: every job has a final state; a completed job has an
 * assessment of each awaited photo and of no other, and a conclusion that counts each of them once.
 */
export async function losses(fettle: RunningFettle): Promise<readonly string[]> {
  await allHandled(fettle);
  const partitions = Map.groupBy(await rowsOfJobs(fettle), ({ pk }) => String(pk));
  return [...partitions.values()].flatMap(lossesOfJob);
}

/** Waits until all queues are empty and no message is in flight. */
export const allHandled = (fettle: RunningFettle, seconds?: number): Promise<void> =>
  until('all queues are empty', () => messagesIn(fettle) === 0, seconds);

/** Messages of all queues, visible or in flight, dead-letter queues included. */
const messagesIn = ({ stack }: RunningFettle): number =>
  [...stack.template.resources.values()]
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .reduce((sum, { logicalId }) => sum + stack.queueDepth(logicalId), 0);

/** The tables, with the operator's permissions. */
export const documentsOf = ({ operator }: RunningFettle): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(operator));

async function rowsOfJobs(fettle: RunningFettle): Promise<Row[]> {
  const rows: Row[] = [];
  const pages = paginateScan({ client: documentsOf(fettle) }, { TableName: jobsTableOf(fettle), ConsistentRead: true });
  for await (const { Items = [] } of pages) rows.push(...Items);
  return rows.filter(({ pk }) => String(pk).startsWith('JOB#'));
}

function lossesOfJob(rows: readonly Row[]): string[] {
  const job = jobAmong(rows);
  // Progress is stored before its job: a kill in between leaves progress without a job, which no caller has an id of.
  if (!job) return [];
  const photoIds = rows
    .map(({ sk }) => String(sk))
    .filter((sk) => sk.startsWith('PHOTO#'))
    .map((sk) => sk.slice(6));
  const awaited = awaitedPhotoIds(job);
  const found: string[] = [];
  if (!isFinal(job.status)) found.push(`is still ${job.status}`);
  if (job.status !== 'completed') return found.map((loss) => `${job.jobId} ${loss}`);

  const unknown = photoIds.filter((photoId) => !job.photos.some((photo) => photo.photoId === photoId));
  const unread = awaited.filter((photoId) => !photoIds.includes(photoId));
  const total = countedPhotos(rows.find(({ sk }) => sk === 'CONCLUSION'));
  if (unknown.length > 0) found.push(`has photos that nobody announced: ${unknown}`);
  if (missingPhotoIds(job).length > 0) found.push(`was completed without counting ${missingPhotoIds(job)}`);
  if (unread.length > 0) found.push(`was completed without an assessment of ${unread}`);
  if (total !== awaited.length) found.push(`counted ${total} photos of ${awaited.length} in its conclusion`);
  return found.map((loss) => `${job.jobId} ${loss}`);
}

function countedPhotos(assessmentRow: Row | undefined): number {
  const { conclusion } = (assessmentRow ?? {}) as { conclusion?: { quality: { photos: { total: number } } } };
  return conclusion?.quality.photos.total ?? 0;
}
