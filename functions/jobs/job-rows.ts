import { z } from 'zod';
import { Conclusion } from '../assessments/assessment.ts';
import { PhotoAssessment } from '../photos/photo-assessment.ts';
import { type JobId, JobRef, type PhotoRef } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { type Job, JobRecord, jobOf, PhotoProgress } from './job.ts';

/** The partition that holds a job, its photos and its assessment. */
export const partitionOf = ({ workspaceId, jobId }: JobRef): string =>
  `${TABLES.jobs.partitions.job}${workspaceId}#${jobId}`;

/** Whose job a partition holds; the one thing that every row and every index knows. */
export function refOfPartition(pk: unknown): JobRef {
  const [, workspaceId, jobId] = z.string().parse(pk).split('#');
  return JobRef.parse({ workspaceId, jobId });
}

const PHOTO_ROWS = 'PHOTO#';

/** How the sort keys of a job's own rows begin, its progress included. */
export const JOB_ROWS = 'JOB';

export const jobKey = (job: JobRef) => ({ pk: partitionOf(job), sk: JOB_ROWS });
/** In a row of its own of less than 1 KB: counting a photo costs one write unit, however large the job is. */
export const progressKey = (job: JobRef) => ({ pk: partitionOf(job), sk: `${JOB_ROWS}#PROGRESS` });
export const conclusionKey = (job: JobRef) => ({ pk: partitionOf(job), sk: 'CONCLUSION' });
export const photoKey = (photo: PhotoRef) => ({ pk: partitionOf(photo), sk: `${PHOTO_ROWS}${photo.photoId}` });

/** What DynamoDB gives back, before a schema has looked at it. */
export type Row = Readonly<Record<string, unknown>>;

export const isPhotoRow = ({ sk }: Row): boolean => typeof sk === 'string' && sk.startsWith(PHOTO_ROWS);

/** The rows of a job itself, as they are read back. */
export const StoredRecord = stored(JobRecord);
export const StoredProgress = stored(PhotoProgress);

/** What is stored of one photo: its assessment, and the ETag of the upload it is about (none when nobody could read it). */
export const PhotoRow = stored(z.object({ assessment: PhotoAssessment, etag: z.string().optional() }));
export type PhotoRow = z.infer<typeof PhotoRow>;

/** The row of a photo's assessment. */
export const rowOfPhoto = (photo: PhotoRef, row: PhotoRow): Row => ({
  ...photoKey(photo),
  rowVersion: ROW_VERSION,
  ...row,
});

/** What is stored of a conclusion; release 0.1.0 called its row `ASSESSMENT`. */
export const ConclusionRow = stored(z.object({ conclusion: Conclusion }));

export const rowOfConclusion = (job: JobRef, conclusion: Conclusion): Row => ({
  ...conclusionKey(job),
  rowVersion: ROW_VERSION,
  conclusion,
});

export const isConclusionRow = ({ sk }: Row): boolean => sk === 'CONCLUSION' || sk === 'ASSESSMENT';

/** Partitions of the `unfinished` index, so that no single key takes every job's writes. */
export const UNFINISHED_SHARDS = 8;

/** Which partition of the `unfinished` index a job lies in: the last characters of a ULID are random. */
const unfinishedShardOf = (jobId: JobId): string =>
  String((jobId.codePointAt(jobId.length - 1) ?? 0) % UNFINISHED_SHARDS);

/** The row of a new job. `kind` and `totalPhotos` repeat what `asset` and `photos` say, because the index projects them. */
export function rowOfJob({ declaredPhotos, donePhotoIds: _noneYet, expectedPhotoIds: _notYet, ...record }: Job): Row {
  return {
    ...jobKey(record),
    rowVersion: ROW_VERSION,
    ...record,
    kind: record.asset.kind,
    totalPhotos: declaredPhotos,
    unfinishedShard: unfinishedShardOf(record.jobId),
  };
}

/** The row of the progress of a new job. An empty set is no value in DynamoDB, so nothing done is no attribute. */
export const rowOfProgress = ({ declaredPhotos, donePhotoIds, expectedPhotoIds, ...job }: Job): Row => ({
  ...progressKey(job),
  rowVersion: ROW_VERSION,
  declaredPhotos,
  ...(donePhotoIds.size > 0 && { donePhotoIds }),
  ...(expectedPhotoIds && { expectedPhotoIds }),
});

/**
 * The job among the rows of its partition; undefined when it is not there.
 *
 * Release 0.1.0 kept the progress in the job's own row, under the same names.
 */
export function jobAmong(rows: readonly Row[]): Job | undefined {
  const row = rows.find(({ sk }) => sk === JOB_ROWS);
  if (!row) return undefined;
  const record = StoredRecord.parse(row);
  const progress = rows.find(({ sk, pk }) => sk === progressKey(refOfPartition(pk)).sk);
  return jobOf(record, StoredProgress.parse(progress ?? { ...row, declaredPhotos: record.photos.length }));
}
