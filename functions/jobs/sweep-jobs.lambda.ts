import type { JobRef, PhotoId } from '../platform/ids.ts';
import { count, log, reportFailure } from '../platform/observability.ts';
import { scheduleHandler } from '../platform/schedule-handler.ts';
import { requestConclusion } from './conclusions-client.ts';
import { CONCLUSION_SECONDS } from './deadlines.ts';
import { isComplete, type Job, secondsAfter } from './job.ts';
import { closeUploads, endJob, prolong } from './job-changes-store.ts';
import { overdueJobs } from './job-list-store.ts';
import { UNFINISHED_SHARDS } from './job-rows.ts';
import { findJob } from './job-store.ts';
import { countPhoto, savePhotoAssessment } from './photo-store.ts';
import { type SweepAction, sweepAction } from './sweep.ts';
import { arrivedPhotoIds } from './uploads-store.ts';

/**
 * Ends every job past its deadline: missing uploads, lost messages.
 *
 * Safe to run twice, also concurrently: every change is a conditional write. A job that cannot be swept is retried by the next
 * sweep, and does not delay the others; the invocation then fails, so that its alarm goes off.
 */
async function sweepJobs(now: Date): Promise<void> {
  const shards = Array.from({ length: UNFINISHED_SHARDS }, (_, shard) => shard);
  const failures = (await Promise.all(shards.map((shard) => sweepShard(shard, now)))).flat();
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} jobs could not be swept`);
}

async function sweepShard(shard: number, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  for await (const ref of overdueJobs(shard, now)) {
    await sweepJob(ref, now).catch((error: unknown) => {
      reportFailure('Job not swept', { ...ref, error });
      failures.push(error);
    });
  }
  return failures;
}

async function sweepJob(ref: JobRef, now: Date): Promise<void> {
  const job = await findJob(ref);
  // The index is eventually consistent.
  if (!job?.deadlineAt || job.deadlineAt > now.toISOString()) return;
  const action = sweepAction(job, await arrivedPhotoIds(ref));
  log.info('Sweeping', { ...ref, action });
  await carryOut(action, job, now);
}

async function carryOut(action: SweepAction, job: Job, now: Date): Promise<void> {
  switch (action.kind) {
    case 'expire':
      return expire(job, now);
    case 'close_uploads':
      return conclude(await closeUploads(job, action.arrived, now));
    case 'fail_photos':
      return failPhotos(job, action.photoIds, now);
    case 'request_conclusion':
      return requestConclusionAgain(job, now);
    case 'fail':
      return fail(job, now);
  }
}

async function expire(job: Job, now: Date): Promise<void> {
  const error = {
    code: 'no_photos_arrived',
    detail: `No photo arrived by ${job.expiresAt}. Create a new job and upload its photos before it expires.`,
  } as const;
  const { ended } = await endJob(job, 'expired', now, error);
  if (ended) count('JobExpired');
}

async function conclude(job: Job): Promise<void> {
  if (isComplete(job)) await requestConclusion(job);
}

async function failPhotos(job: Job, photoIds: readonly PhotoId[], now: Date): Promise<void> {
  const detail = 'the photo was not assessed in time; please upload it again in a new job';
  for (const photoId of photoIds) {
    const photo = { ...job, photoId };
    const saved = await savePhotoAssessment(photo, { photoId, status: 'failed', code: 'timed_out', detail }, {});
    if (saved === 'saved') count('PhotoFailed');
    await countPhoto(photo);
  }
  await requestConclusionAgain(job, now);
}

async function requestConclusionAgain(job: Job, now: Date): Promise<void> {
  // Of concurrent sweeps, only the one that moved the deadline requests the conclusion.
  if (!(await prolong(job, secondsAfter(now, CONCLUSION_SECONDS)))) return;
  count('StuckJobSwept');
  await requestConclusion(job);
}

async function fail(job: Job, now: Date): Promise<void> {
  const error = {
    code: 'not_concluded',
    detail:
      'The photos were assessed, but something went wrong on our side afterwards. Please create a new job with them.',
  } as const;
  const { ended } = await endJob(job, 'failed', now, error);
  if (!ended) return;
  count('StuckJobSwept');
  count('JobFailed');
}

export const handler = scheduleHandler(sweepJobs);
