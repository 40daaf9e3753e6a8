import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { awaitedPhotoIds, isFinal, missingPhotoIds } from '../../functions/jobs/job.ts';
import { jobAmong } from '../../functions/jobs/job-rows.ts';
import { jobsTableOf, type RunningFettle, until } from './running-stack.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * What went missing or was counted twice in the whole stack, in words; nothing, if Fettle keeps its word.
 *
 * Waits for all queues to be empty. Asked are the tables themselves, not the API: every job has a final state; a completed
 * one knows exactly the photos that it awaited, each once, and has a conclusion that counts each of them once.
 */
export async function losses(fettle: RunningFettle): Promise<readonly string[]> {
  await allHandled(fettle);
  const partitions = Map.groupBy(await rowsOfJobs(fettle), ({ pk }) => String(pk));
  return [...partitions.values()].flatMap(lossesOfJob);
}

/** Waits for all queues to be empty, and nothing in flight. */
export const allHandled = (fettle: RunningFettle, seconds?: number): Promise<void> =>
  until('all queues are empty', () => messagesIn(fettle) === 0, seconds);

/** Messages of all queues, waiting or in flight, dead letters too. */
const messagesIn = ({ stack }: RunningFettle): number =>
  [...stack.template.resources.values()]
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .reduce((sum, { logicalId }) => sum + stack.queueDepth(logicalId), 0);

/** The tables, with the operator's rights. */
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
  // The progress of a job is stored before the job: a kill in between leaves it, and nobody was told of a job.
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
