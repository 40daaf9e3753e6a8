import type { Assessment } from '../assessments/assessment.ts';
import type { JobId } from '../platform/ids.ts';
import { API_PREFIX, ROUTES } from '../platform/names.ts';
import { isFinal, type Job, progressOf } from './job.ts';
import type { JobView } from './jobs-contract.ts';

/** What may be asked of a job next, as paths. */
export function linksOf({ jobId, status }: Pick<Job, 'jobId' | 'status'>): Record<string, string> {
  const self = pathTo(ROUTES.getJob.path, jobId);
  return isFinal(status) ? { self } : { self, start: pathTo(ROUTES.startJob.path, jobId) };
}

const pathTo = (template: string, jobId: JobId): string => `${API_PREFIX}${template.replace('{jobId}', jobId)}`;

/** A job as its owner sees it. */
export const viewOf = (job: Job, assessment?: Assessment): JobView => ({
  jobId: job.jobId,
  status: job.status,
  progress: progressOf(job),
  asset: job.asset,
  createdAt: job.createdAt,
  expiresAt: job.expiresAt,
  ...(job.finishedAt !== undefined && { finishedAt: job.finishedAt }),
  ...(job.error && { error: job.error }),
  ...(assessment && { assessment }),
  links: linksOf(job),
});
