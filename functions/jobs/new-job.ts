import { type ImpossibleFact, impossibleFacts } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import { type JobId, photoIdAt, type WorkspaceId } from '../platform/ids.ts';
import { UPLOAD_GRACE_SECONDS, UPLOAD_SECONDS } from './deadlines.ts';
import { type Job, secondsAfter } from './job.ts';
import type { NewJob } from './jobs-contract.ts';

/**
 * The job that a request asks for, as it begins.
 *
 * @throws RequestError when a fact cannot be true on this day
 */
export function beginJob(ref: { workspaceId: WorkspaceId; jobId: JobId }, asked: NewJob, now: Date): Job {
  refuseImpossible(impossibleFacts(asked.asset, now));
  const uploadSeconds = asked.options?.uploadSeconds ?? UPLOAD_SECONDS;
  return {
    ...ref,
    status: 'awaiting_photos',
    asset: asked.asset,
    options: asked.options ?? {},
    photos: asked.photos.map((photo, index) => ({ ...photo, photoId: photoIdAt(index) })),
    declaredPhotos: asked.photos.length,
    donePhotoIds: new Set(),
    createdAt: now.toISOString(),
    expiresAt: secondsAfter(now, uploadSeconds),
    deadlineAt: secondsAfter(now, uploadSeconds + UPLOAD_GRACE_SECONDS),
    sweeps: 0,
  };
}

function refuseImpossible(facts: readonly ImpossibleFact[]): void {
  if (facts.length === 0) return;
  const violations = facts.map(({ fact, latest, stated }) => ({
    path: `body.asset.${fact}`,
    expected: `at most ${latest}`,
    received: `number ${stated}`,
    message: `expected at most ${latest}`,
  }));
  throw new RequestError('invalid_request', 'A year of the asset lies too far ahead.', violations);
}
