import { z } from 'zod';
import { Asset } from '../assets/asset.ts';
import { JobId, PhotoId, photoIdAt, WorkspaceId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { UPLOAD_SECONDS } from './deadlines.ts';

const JOB_STATUSES = ['awaiting_photos', 'processing', 'completed', 'failed', 'cancelled', 'expired'] as const;
export const JobStatus = z
  .enum(JOB_STATUSES)
  .describe('Where the job is. `completed`, `failed`, `cancelled` and `expired` are final.');
export type JobStatus = z.infer<typeof JobStatus>;

/** A job never leaves one of these. */
const FINAL_STATUSES = ['completed', 'failed', 'cancelled', 'expired'] as const satisfies readonly JobStatus[];
export type FinalStatus = (typeof FINAL_STATUSES)[number];
export const isFinal = (status: JobStatus): status is FinalStatus =>
  FINAL_STATUSES.some((finalStatus) => finalStatus === status);

const PHOTO_CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** The longest file name of common file systems (NAME_MAX of Linux, NTFS, APFS). */
const FILENAME_CHARACTERS = 255;

/** The longest words for what a photo shows: a line in a report. */
export const SUBJECT_CHARACTERS = 60;

/** A photo as announced by its owner. */
export const NewPhoto = z.strictObject({
  filename: z
    .string()
    .min(1)
    .max(FILENAME_CHARACTERS)
    .describe('Name of the file, for people; it is part of no key or path.'),
  contentType: z.enum(PHOTO_CONTENT_TYPES).describe('Media type of the file.'),
  bytes: z
    .int()
    .min(1)
    .max(LIMITS.photoBytes)
    .describe('Size of the file, in bytes: the most that the upload may have.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 lowercase hex digits')
    .optional()
    .describe('SHA-256 of the file, in lowercase hex. When it is given, any other content is refused.'),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(SUBJECT_CHARACTERS)
    .optional()
    .describe(
      'What the photo shows, in your words, such as "Bedroom 2, ceiling" or "left rear door". Photos of one place may call it differently; numbers tell rooms apart. The words say where to look for damage and prove nothing: a photo on which the model is sure to see another thing than the asset does not count.',
    ),
});
export type NewPhoto = z.infer<typeof NewPhoto>;

export const DeclaredPhoto = NewPhoto.extend({ photoId: PhotoId });
export type DeclaredPhoto = z.infer<typeof DeclaredPhoto>;

export const JobOptions = z.strictObject({
  uploadSeconds: z
    .int()
    .min(60)
    .max(UPLOAD_SECONDS)
    .optional()
    .describe(`How long photos may arrive, in seconds; ${UPLOAD_SECONDS} when not given.`),
});
export type JobOptions = z.infer<typeof JobOptions>;

export const JobError = z
  .strictObject({
    code: z.enum(['no_photos_arrived', 'not_concluded']).describe('The reason for programs.'),
    detail: z.string().describe('The reason in words.'),
  })
  .describe('Why the job failed.');
export type JobError = z.infer<typeof JobError>;

/** A job without the progress of its photos. */
export const JobRecord = z.object({
  workspaceId: WorkspaceId,
  jobId: JobId,
  status: JobStatus,
  asset: Asset,
  options: JobOptions,
  photos: z.array(DeclaredPhoto).min(1).max(LIMITS.photosPerJob),
  createdAt: z.iso.datetime(),
  /** end of the time for uploads */
  expiresAt: z.iso.datetime(),
  /** when the sweep acts on it; absent once the job has ended */
  deadlineAt: z.iso.datetime().optional(),
  /** when uploads were closed; absent while any declared photo may still arrive */
  startedAt: z.iso.datetime().optional(),
  /** number of conclusions requested by the sweep */
  sweeps: z.int().nonnegative().default(0),
  finishedAt: z.iso.datetime().optional(),
  error: JobError.optional(),
});
export type JobRecord = z.infer<typeof JobRecord>;

/** The progress of a job's photos. In a row of its own, because every photo changes it. */
export const PhotoProgress = z.object({
  declaredPhotos: z.int().min(1).max(LIMITS.photosPerJob),
  /** photos that have been assessed; a set, so that a photo delivered twice counts once */
  donePhotoIds: z.set(PhotoId).readonly().default(new Set()),
  /** photos that had arrived when uploads were closed; absent while any declared photo may still arrive */
  expectedPhotoIds: z.array(PhotoId).readonly().optional(),
});
export type PhotoProgress = z.infer<typeof PhotoProgress>;

/** One asynchronous piece of work for one asset. */
export type Job = JobRecord & PhotoProgress;

/** A job with its progress. `processing` from the first assessed photo on, even while its own row has the old status. */
export const jobOf = (record: JobRecord, progress: PhotoProgress): Job => ({
  ...record,
  ...progress,
  status: record.status === 'awaiting_photos' && progress.donePhotoIds.size > 0 ? 'processing' : record.status,
});

/** The photos that a job waits for: all declared ones, or, once uploads are closed, those that had arrived. */
export const awaitedPhotoIds = ({ expectedPhotoIds, declaredPhotos }: PhotoProgress): readonly PhotoId[] =>
  expectedPhotoIds ?? Array.from({ length: declaredPhotos }, (_, index) => photoIdAt(index));

/** The awaited photos without an assessment. */
export const missingPhotoIds = (progress: PhotoProgress): readonly PhotoId[] =>
  awaitedPhotoIds(progress).filter((photoId) => !progress.donePhotoIds.has(photoId));

/** Whether every awaited photo has been assessed, so that the job can be concluded. */
export const isComplete = (progress: PhotoProgress): boolean => missingPhotoIds(progress).length === 0;

export const JOB_STAGES = ['uploads', 'photos', 'conclusion', 'ended'] as const;
export type JobStage = (typeof JOB_STAGES)[number];

export type Progress = { readonly donePhotos: number; readonly totalPhotos: number; readonly stage: JobStage };

/** A job's progress, as the API shows it. */
export function progressOf(job: Job): Progress {
  const totalPhotos = awaitedPhotoIds(job).length;
  const donePhotos = totalPhotos - missingPhotoIds(job).length;
  return { donePhotos, totalPhotos, stage: stageOf(job, donePhotos === totalPhotos) };
}

function stageOf(job: Job, complete: boolean): JobStage {
  if (isFinal(job.status)) return 'ended';
  if (complete) return 'conclusion';
  return job.status === 'awaiting_photos' ? 'uploads' : 'photos';
}

/** Whether the job still waits for this photo. */
export const awaitsPhoto = (job: Job, photoId: PhotoId): boolean =>
  !isFinal(job.status) && awaitedPhotoIds(job).includes(photoId);

/** @returns a UTC ISO date */
export const secondsAfter = (start: Date, seconds: number): string =>
  new Date(start.getTime() + seconds * 1000).toISOString();
