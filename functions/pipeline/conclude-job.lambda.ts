import { conclude } from '../assessments/conclude.ts';
import { RATING_POLICIES } from '../assessments/rating-policies.ts';
import { valueEvidence } from '../asset-value/value-evidence-store.ts';
import { isComplete, isFinal } from '../jobs/job.ts';
import { completeJob } from '../jobs/job-changes-store.ts';
import { jobWithPhotos } from '../jobs/job-store.ts';
import { JobRef } from '../platform/ids.ts';
import { count, measure } from '../platform/observability.ts';
import { policiesInForce } from '../platform/policies-in-force-store.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';

/**
 * Concludes a job whose photos are all assessed, and completes it.
 *
 * Safe to run twice: the first conclusion is kept, and only the call that completes the job emits metrics. A job that still
 * waits for a photo is skipped; the worker of its last photo requests its conclusion again. When the workspace's policies cannot
 * be read, the message returns to its queue: a job is never concluded by other rules than its workspace's. What fails of its value is
 * reported, and missing in the answer.
 */
export const concludeJob: Step<JobRef> = async (ref) => {
  const found = await jobWithPhotos(ref);
  if (!found || isFinal(found.job.status) || !isComplete(found.job)) return;

  const now = new Date();
  const policies = await policiesInForce(RATING_POLICIES, { workspaceId: ref.workspaceId, resultId: ref.jobId }, now);
  const { job, photos } = found;
  const value = await valueEvidence(ref.workspaceId, job.asset, now);
  if (!(await completeJob(ref, conclude(job, { photos, value }, policies, now), now))) return;
  count('JobCompleted');
  measure('JobDuration', now.getTime() - Date.parse(job.createdAt));
};

export const handler = queueHandler(JobRef, concludeJob);
