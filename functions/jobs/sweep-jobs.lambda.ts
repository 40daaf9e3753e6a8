import type { JobRef, PhotoId } from '../platform/ids.ts';
import { count, log } from '../platform/observability.ts';
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
 * Ends every job that nothing else ends: photos that never came, messages that were lost.
 *
 * Safe to run twice, at the same time too: every change holds only while the job is as it was seen. A job that cannot be
 * swept is tried again a minute later, and does not keep the others waiting; the run then fails, so that its alarm sees it.
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
      log.error('Job not swept', { ...ref, error: error instanceof Error ? error : String(error) });
      failures.push(error);
    });
  }
  return failures;
}

async function sweepJob(ref: JobRef, now: Date): Promise<void> {
  const job = await findJob(ref);
  // The index lags behind the table.
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
    detail: `None of ${job.photos.length} photos came by ${job.expiresAt}.`,
  } as const;
  const { ended } = await endJob(job, 'expired', now, error);
  if (ended) count('JobExpired');
}

async function conclude(job: Job): Promise<void> {
  if (isComplete(job)) await requestConclusion(job);
}

async function failPhotos(job: Job, photoIds: readonly PhotoId[], now: Date): Promise<void> {
  const detail = 'The photo arrived, and its assessment did not end in time.';
  for (const photoId of photoIds) {
    const photo = { ...job, photoId };
    const saved = await savePhotoAssessment(photo, { photoId, status: 'failed', code: 'timed_out', detail });
    if (saved === 'saved') count('PhotoFailed');
    await countPhoto(photo);
  }
  await requestConclusionAgain(job, now);
}

async function requestConclusionAgain(job: Job, now: Date): Promise<void> {
  // Only the sweep that moved the deadline requests the conclusion.
  if (!(await prolong(job, secondsAfter(now, CONCLUSION_SECONDS)))) return;
  count('StuckJobSwept');
  await requestConclusion(job);
}

async function fail(job: Job, now: Date): Promise<void> {
  const error = {
    code: 'not_concluded',
    detail: 'All photos were assessed, but the conclusion could not be drawn.',
  } as const;
  const { ended } = await endJob(job, 'failed', now, error);
  if (!ended) return;
  count('StuckJobSwept');
  count('JobFailed');
}

export const handler = scheduleHandler(sweepJobs);
