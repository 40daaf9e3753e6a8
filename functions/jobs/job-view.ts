import type { Assessment } from '../assessments/assessment.ts';
import { ROUTES } from '../platform/names/routes.ts';
import { isFinal, type Job, progressOf } from './job.ts';
import type { JobView } from './jobs-contract.ts';

/**
 * The operations that are possible next, as paths on the request's host.
 *
 * @param apiPath the API's base path on that host
 */
export function linksOf({ jobId, status }: Pick<Job, 'jobId' | 'status'>, apiPath: string): Record<string, string> {
  const pathTo = (template: string): string => `${apiPath}${template.replace('{jobId}', jobId)}`;
  const self = pathTo(ROUTES.getJob.path);
  return isFinal(status) ? { self } : { self, start: pathTo(ROUTES.startJob.path) };
}

/** A job as its owner sees it. */
export const viewOf = (job: Job, apiPath: string, assessment?: Assessment): JobView => ({
  jobId: job.jobId,
  status: job.status,
  progress: progressOf(job),
  asset: job.asset,
  createdAt: job.createdAt,
  expiresAt: job.expiresAt,
  ...(job.finishedAt !== undefined && { finishedAt: job.finishedAt }),
  ...(job.error && { error: job.error }),
  ...(assessment && { assessment }),
  links: linksOf(job, apiPath),
});
