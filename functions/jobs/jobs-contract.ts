import { z } from 'zod';
import { Assessment } from '../assessments/assessment.ts';
import { Asset, AssetKind } from '../assets/asset.ts';
import type { Contract } from '../platform/contract.ts';
import { JobId, PhotoId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { PageQuery } from '../platform/paging.ts';
import { JOB_STAGES, JobError, JobOptions, JobStatus, NewPhoto } from './job.ts';

const JobParams = z.object({ jobId: JobId });

/** What POST /jobs takes. */
export const NewJob = z.strictObject({
  asset: Asset,
  photos: z.array(NewPhoto).min(1).max(LIMITS.photosPerJob),
  options: JobOptions.optional(),
});
export type NewJob = z.infer<typeof NewJob>;

const Links = z
  .record(z.string(), z.string())
  .meta({ description: 'what can be done next, as paths on the host that was asked' });

/** A presigned form: POST it as multipart/form-data with every field, and the file last, as `file`. */
export const Upload = z.strictObject({
  photoId: PhotoId,
  url: z.url(),
  fields: z.record(z.string(), z.string()),
});
export type Upload = z.infer<typeof Upload>;

export const CreatedJob = z.strictObject({
  jobId: JobId,
  status: JobStatus,
  uploads: z.array(Upload),
  expiresAt: z.iso.datetime().meta({ description: 'until when photos may arrive' }),
  links: Links,
});

export const JobView = z
  .strictObject({
    jobId: JobId,
    status: JobStatus,
    progress: z.strictObject({
      donePhotos: z.int().nonnegative(),
      totalPhotos: z.int().nonnegative(),
      stage: z.enum(JOB_STAGES),
    }),
    asset: Asset,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    error: JobError.optional(),
    assessment: Assessment.optional().meta({ description: 'there once the job is completed' }),
    links: Links,
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof JobView>;

export const JobSummary = z.strictObject({
  jobId: JobId,
  status: JobStatus,
  kind: AssetKind,
  createdAt: z.iso.datetime(),
  totalPhotos: z.int().nonnegative(),
});
export type JobSummary = z.infer<typeof JobSummary>;

export const CREATE_JOB = {
  summary: 'Announce an asset and its photos',
  description: 'Answers with one presigned form per photo. The job begins by itself when the last photo has arrived.',
  body: NewJob,
  status: 201,
  reply: CreatedJob,
  problems: [],
  creates: true,
} as const satisfies Contract;

export const LIST_JOBS = {
  summary: 'List jobs, newest first',
  description: 'A page may be short, or even empty, while there is a nextCursor.',
  query: PageQuery.extend({ status: JobStatus.optional() }),
  status: 200,
  reply: z.strictObject({ jobs: z.array(JobSummary), nextCursor: z.string().optional() }),
  problems: ['invalid_cursor'],
} as const satisfies Contract;

export const GET_JOB = {
  summary: 'Look at a job: its progress, and its assessment when it is completed',
  description: '',
  params: JobParams,
  status: 200,
  reply: JobView,
  problems: ['not_found'],
} as const satisfies Contract;

export const CANCEL_JOB = {
  summary: 'Cancel a job',
  description: 'Cancelling a cancelled job changes nothing.',
  params: JobParams,
  status: 200,
  reply: JobView,
  problems: ['not_found', 'job_finished'],
} as const satisfies Contract;

export const START_JOB = {
  summary: 'Go on with the photos that have arrived',
  description: 'No more photos are coming. Starting a job again changes nothing.',
  params: JobParams,
  status: 200,
  reply: JobView,
  problems: ['not_found', 'job_finished', 'no_photos'],
} as const satisfies Contract;
