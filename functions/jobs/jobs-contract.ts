import { z } from 'zod';
import { Assessment } from '../assessments/assessment.ts';
import { Asset, AssetKind } from '../assets/asset.ts';
import { PHOTO_LIMITS_TEXT } from '../photos/photo-limits.ts';
import type { Contracts } from '../platform/contract.ts';
import { JobId, PhotoId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { NextCursor, PageQuery } from '../platform/paging.ts';
import { JOB_STAGES, JobError, JobOptions, JobStatus, NewPhoto } from './job.ts';

const JobParams = z.object({ jobId: JobId });

/** The body of POST /jobs. */
export const NewJob = z.strictObject({
  asset: Asset.describe('The thing that is to be assessed.'),
  photos: z
    .array(NewPhoto)
    .min(1)
    .max(LIMITS.photosPerJob)
    .describe(`The photos that you are going to upload. ${PHOTO_LIMITS_TEXT}; another one is rejected.`),
  options: JobOptions.optional().describe('What may be chosen for this job.'),
});
export type NewJob = z.infer<typeof NewJob>;

const Links = z
  .record(z.string(), z.string())
  .describe('The operations that are possible next, by name, as paths on the host that was asked.');

export const Upload = z
  .strictObject({
    photoId: PhotoId,
    url: z.url().describe('Where to POST the form.'),
    fields: z.record(z.string(), z.string()).describe('The fields of the form, by name.'),
  })
  .describe('A presigned form: POST it as multipart/form-data with every field, and the file last, as `file`.');
export type Upload = z.infer<typeof Upload>;

const CreatedAt = z.iso.datetime().describe('When the job was created, in UTC.');
const ExpiresAt = z.iso.datetime().describe('Until when photos may arrive, in UTC.');

export const CreatedJob = z.strictObject({
  jobId: JobId,
  status: JobStatus,
  uploads: z.array(Upload).describe('One presigned form for each photo, in the order of the request.'),
  expiresAt: ExpiresAt,
  links: Links,
});

const Progress = z
  .strictObject({
    donePhotos: z.int().nonnegative().describe('Number of photos that have been assessed.'),
    totalPhotos: z.int().nonnegative().describe('Number of photos that the job waits for.'),
    stage: z
      .enum(JOB_STAGES)
      .describe(
        '`uploads`: no photo has been assessed yet. `photos`: photos are being assessed. `conclusion`: the asset is being rated. `ended`: the job has ended.',
      ),
  })
  .describe('How far the job is.');

export const JobView = z
  .strictObject({
    jobId: JobId,
    status: JobStatus,
    progress: Progress,
    asset: Asset.describe('The thing that is assessed.'),
    createdAt: CreatedAt,
    expiresAt: ExpiresAt,
    finishedAt: z.iso.datetime().optional().describe('When the job ended, in UTC; absent until then.'),
    error: JobError.optional(),
    assessment: Assessment.optional().describe('The answer; present once the job is completed.'),
    links: Links,
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof JobView>;

export const JobSummary = z.strictObject({
  jobId: JobId,
  status: JobStatus,
  kind: AssetKind,
  createdAt: CreatedAt,
  totalPhotos: z.int().nonnegative().describe('Number of photos that were announced.'),
});
export type JobSummary = z.infer<typeof JobSummary>;

/** The contracts of `jobs-api`. */
export const JOBS_API = {
  createJob: {
    summary: 'Announce an asset and its photos',
    description: 'Replies with one presigned form per photo. The job starts by itself when the last photo has arrived.',
    body: NewJob,
    status: 201,
    reply: CreatedJob,
    problems: [],
    creates: true,
  },
  listJobs: {
    summary: 'List jobs, newest first',
    description: 'A page may be short, or even empty, while there is a `nextCursor`.',
    query: PageQuery.extend({ status: JobStatus.optional().describe('Only jobs with this status.') }),
    status: 200,
    reply: z.strictObject({
      jobs: z.array(JobSummary).describe('The jobs of this page, newest first.'),
      nextCursor: NextCursor,
    }),
    problems: ['invalid_cursor'],
    polled: true,
  },
  getJob: {
    summary: 'Get a job: its progress, and its assessment when it is completed',
    description: 'Call it again until the `status` is final: `completed`, `failed`, `cancelled` or `expired`.',
    params: JobParams,
    status: 200,
    reply: JobView,
    problems: ['not_found'],
    polled: true,
  },
  cancelJob: {
    summary: 'Cancel a job',
    description: 'Cancelling a cancelled job changes nothing.',
    params: JobParams,
    status: 200,
    reply: JobView,
    problems: ['not_found', 'job_finished'],
  },
  startJob: {
    summary: 'Start a job with the photos that have arrived',
    description: 'Photos that arrive later are ignored. Starting a job again changes nothing.',
    params: JobParams,
    status: 200,
    reply: JobView,
    problems: ['not_found', 'job_finished', 'no_photos'],
  },
} as const satisfies Contracts<'jobs-api'>;
