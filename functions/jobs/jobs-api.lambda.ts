import { composeAssessment } from '../assessments/assessment.ts';
import { createOnce } from '../platform/creation.ts';
import { cursorAt, positionOf } from '../platform/cursor.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { JobId } from '../platform/ids.ts';
import { count, log } from '../platform/observability.ts';
import { admit } from '../platform/request-limits-store.ts';
import { requestConclusion } from './conclusions-client.ts';
import { isComplete } from './job.ts';
import { closeUploads, endJob } from './job-changes-store.ts';
import { listJobs } from './job-list-store.ts';
import { completedJob, createJob, jobNamed } from './job-store.ts';
import { linksOf, viewOf } from './job-view.ts';
import { JOBS_API } from './jobs-contract.ts';
import { beginJob } from './new-job.ts';
import { refuseEnded, startingPhotos } from './start-job.ts';
import { arrivedPhotoIds, uploadForms } from './uploads-store.ts';

export const handler = httpHandler(
  JOBS_API,
  {
    /** A repeat under the same Idempotency-Key finds the job that the first attempt stored. */
    createJob: async ({ caller: { workspaceId }, body, newId, now, apiPath }) => {
      const job = await createJob(beginJob({ workspaceId, jobId: JobId.parse(newId) }, body, now));
      const uploads = await uploadForms(job, now);
      count('JobCreated');
      log.info('Job created', { jobId: job.jobId, kind: job.asset.kind, photos: job.photos.length });
      const { jobId, status, expiresAt } = job;
      return { jobId, status, uploads, expiresAt, links: linksOf(job, apiPath) };
    },

    listJobs: async ({ caller: { workspaceId }, query: { status, limit, cursor }, now }) => {
      const scope = ['jobs', workspaceId, status ?? 'any'];
      const after = cursor === undefined ? undefined : positionOf(scope, cursor, JobId);
      const { entries, nextPosition } = await listJobs(workspaceId, { status, limit, after }, now);
      return { jobs: [...entries], ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }) };
    },

    getJob: async ({ caller: { workspaceId }, params: { jobId }, apiPath }) => {
      const ref = { workspaceId, jobId };
      const job = await jobNamed(ref);
      return viewOf(job, apiPath, job.status === 'completed' ? composeAssessment(await completedJob(ref)) : undefined);
    },

    /** Idempotent: the photos of the first start are kept, and a job is concluded once. */
    startJob: async ({ caller: { workspaceId }, params: { jobId }, now, apiPath }) => {
      const ref = { workspaceId, jobId };
      const job = await jobNamed(ref);
      if (job.status === 'completed') return viewOf(job, apiPath);
      refuseEnded(job);
      const started = job.expectedPhotoIds
        ? job
        : await closeUploads(ref, startingPhotos(job, await arrivedPhotoIds(ref)), now);
      if (isComplete(started)) await requestConclusion(ref);
      return viewOf(started, apiPath);
    },

    cancelJob: async ({ caller: { workspaceId }, params: { jobId }, now, apiPath }) => {
      const { ended, job } = await endJob({ workspaceId, jobId }, 'cancelled', now);
      if (ended) count('JobCancelled');
      else if (job.status !== 'cancelled') refuseEnded(job);
      return viewOf(job, apiPath);
    },
  },
  { admit, createOnce },
);
