import { z } from 'zod';
import { Conclusion } from '../assessments/assessment.ts';
import { PhotoAssessment } from '../photos/photo-assessment.ts';
import { type JobId, JobRef, type PhotoRef } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { type Job, JobRecord, jobOf, PhotoProgress } from './job.ts';
import { lifetimeOf } from './lifetime.ts';

/** The partition key of a job, its photos and its conclusion. */
export const partitionOf = ({ workspaceId, jobId }: JobRef): string =>
  `${TABLES.jobs.partitions.job}${workspaceId}#${jobId}`;

/** The job of a partition key, which every row and every index has. */
export function refOfPartition(pk: unknown): JobRef {
  const [, workspaceId, jobId] = z.string().parse(pk).split('#');
  return JobRef.parse({ workspaceId, jobId });
}

const PHOTO_ROWS = 'PHOTO#';

/** Prefix of the sort keys of a job's own rows, its progress included. */
export const JOB_ROWS = 'JOB';

export const jobKey = (job: JobRef) => ({ pk: partitionOf(job), sk: JOB_ROWS });
/** In a row of its own of less than 1 KB, so that counting a photo takes one write unit, whatever the size of the job. */
export const progressKey = (job: JobRef) => ({ pk: partitionOf(job), sk: `${JOB_ROWS}#PROGRESS` });
export const conclusionKey = (job: JobRef) => ({ pk: partitionOf(job), sk: 'CONCLUSION' });
export const photoKey = (photo: PhotoRef) => ({ pk: partitionOf(photo), sk: `${PHOTO_ROWS}${photo.photoId}` });

/** Prefix of the sort keys of a photo's trials, rows that are only counted. */
export const trialRows = ({ photoId }: Pick<PhotoRef, 'photoId'>): string => `TRIAL#${photoId}#`;

/** An unvalidated DynamoDB item. */
export type Row = Readonly<Record<string, unknown>>;

export const isPhotoRow = ({ sk }: Row): boolean => typeof sk === 'string' && sk.startsWith(PHOTO_ROWS);

/** The schemas of a job's own rows. */
export const StoredRecord = stored(JobRecord);
export const StoredProgress = stored(PhotoProgress);

/** Which upload of a photo: a form can be used several times before it expires. */
const UploadId = z.object({
  /** of its content; absent when it was never read */
  etag: z.string().optional(),
  /** of the S3 object; absent in rows of earlier releases, and when the message of the upload was lost */
  versionId: z.string().optional(),
});
export type UploadId = z.infer<typeof UploadId>;

/** The row of one photo: its assessment, and the assessed upload. */
export const PhotoRow = stored(UploadId.extend({ assessment: PhotoAssessment }));
export type PhotoRow = z.infer<typeof PhotoRow>;

/** Whether two are the same upload, as far as is known. */
export function isSameUpload(one: UploadId, other: UploadId): boolean {
  if (one.versionId !== undefined && other.versionId !== undefined) return one.versionId === other.versionId;
  return one.etag === undefined || other.etag === undefined || one.etag === other.etag;
}

/** The row of a photo. */
export const rowOfPhoto = (photo: PhotoRef, row: PhotoRow, jobDays: number): Row => ({
  ...photoKey(photo),
  ...lifetimeOf(photo.jobId, jobDays),
  rowVersion: ROW_VERSION,
  ...row,
});

/** The row of a conclusion; its sort key was `ASSESSMENT` in release 0.1.0. */
export const ConclusionRow = stored(z.object({ conclusion: Conclusion }));

export const rowOfConclusion = (job: JobRef, conclusion: Conclusion, jobDays: number): Row => ({
  ...conclusionKey(job),
  ...lifetimeOf(job.jobId, jobDays),
  rowVersion: ROW_VERSION,
  conclusion,
});

export const isConclusionRow = ({ sk }: Row): boolean => sk === 'CONCLUSION' || sk === 'ASSESSMENT';

/** Number of partitions of the `unfinished` index: one alone would be a hot partition. */
export const UNFINISHED_SHARDS = 8;

/** The shard of a job in the `unfinished` index, from the random part of its ULID. */
const unfinishedShardOf = (jobId: JobId): string =>
  String((jobId.codePointAt(jobId.length - 1) ?? 0) % UNFINISHED_SHARDS);

/** The row of a new job. `kind` and `totalPhotos` are redundant to `asset` and `photos`, because the index projects them. */
export function rowOfJob(
  { declaredPhotos, donePhotoIds: _noneYet, expectedPhotoIds: _notYet, ...record }: Job,
  jobDays: number,
): Row {
  return {
    ...jobKey(record),
    ...lifetimeOf(record.jobId, jobDays),
    rowVersion: ROW_VERSION,
    ...record,
    kind: record.asset.kind,
    totalPhotos: declaredPhotos,
    unfinishedShard: unfinishedShardOf(record.jobId),
  };
}

/** The row of a new job's progress. DynamoDB has no empty sets, so the attribute is absent until a photo is done. */
export const rowOfProgress = (
  { declaredPhotos, donePhotoIds, expectedPhotoIds, ...job }: Job,
  jobDays: number,
): Row => ({
  ...progressKey(job),
  ...lifetimeOf(job.jobId, jobDays),
  rowVersion: ROW_VERSION,
  declaredPhotos,
  ...(donePhotoIds.size > 0 && { donePhotoIds }),
  ...(expectedPhotoIds && { expectedPhotoIds }),
});

/**
 * The job among the rows of its partition; undefined when it is not there.
 *
 * In release 0.1.0 the progress was in the job's own row, under the same names.
 */
export function jobAmong(rows: readonly Row[]): Job | undefined {
  const row = rows.find(({ sk }) => sk === JOB_ROWS);
  if (!row) return undefined;
  const record = StoredRecord.parse(row);
  const progress = rows.find(({ sk, pk }) => sk === progressKey(refOfPartition(pk)).sk);
  return jobOf(record, StoredProgress.parse(progress ?? { ...row, declaredPhotos: record.photos.length }));
}
