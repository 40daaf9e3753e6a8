import { z } from 'zod';
import { PhotoAssessment } from '../photos/photo-assessment.ts';
import { type JobId, JobRef, type PhotoRef } from '../platform/ids.ts';
import type { Job } from './job.ts';

/** The partition that holds a job, its photos and its assessment. */
export const partitionOf = ({ workspaceId, jobId }: JobRef): string => `JOB#${workspaceId}#${jobId}`;

/** Whose job a partition holds; the one thing that every row and every index knows. */
export function refOfPartition(pk: unknown): JobRef {
  const [, workspaceId, jobId] = z.string().parse(pk).split('#');
  return JobRef.parse({ workspaceId, jobId });
}

const PHOTO_ROWS = 'PHOTO#';

export const jobKey = (job: JobRef) => ({ pk: partitionOf(job), sk: 'JOB' });
export const conclusionKey = (job: JobRef) => ({ pk: partitionOf(job), sk: 'CONCLUSION' });
export const photoKey = (photo: PhotoRef) => ({ pk: partitionOf(photo), sk: `${PHOTO_ROWS}${photo.photoId}` });

/** What DynamoDB gives back, before a schema has looked at it. */
export type Row = Readonly<Record<string, unknown>>;

export const isPhotoRow = ({ sk }: Row): boolean => typeof sk === 'string' && sk.startsWith(PHOTO_ROWS);

/** What is stored of one photo: its assessment, and the ETag of the upload it is about (none when nobody could read it). */
export const PhotoRow = z.object({ assessment: PhotoAssessment, etag: z.string().optional() });
export type PhotoRow = z.infer<typeof PhotoRow>;

/** Partitions of the `unfinished` index, so that no single key takes every job's writes. */
export const UNFINISHED_SHARDS = 8;

/** Which partition of the `unfinished` index a job lies in: the last characters of a ULID are random. */
const unfinishedShardOf = (jobId: JobId): string =>
  String((jobId.codePointAt(jobId.length - 1) ?? 0) % UNFINISHED_SHARDS);

/** The row of a new job. `kind` and `totalPhotos` repeat what `asset` and `photos` say, because the index projects them. */
export function rowOfJob({ donePhotoIds: _noneYet, ...job }: Job): Row {
  return {
    ...jobKey(job),
    ...job,
    kind: job.asset.kind,
    totalPhotos: job.photos.length,
    unfinishedShard: unfinishedShardOf(job.jobId),
  };
}
