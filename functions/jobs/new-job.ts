import { type ImpossibleFact, impossibleFacts } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import { type JobId, photoIdAt, type WorkspaceId } from '../platform/ids.ts';
import { UPLOAD_GRACE_SECONDS, UPLOAD_SECONDS } from './deadlines.ts';
import { type Job, secondsAfter } from './job.ts';
import type { NewJob } from './jobs-contract.ts';

/**
 * The new job of a request.
 *
 * @throws RequestError when a year of the asset is in the future
 */
export function beginJob(ref: { workspaceId: WorkspaceId; jobId: JobId }, request: NewJob, now: Date): Job {
  refuseImpossible(impossibleFacts(request.asset, now));
  const uploadSeconds = request.options?.uploadSeconds ?? UPLOAD_SECONDS;
  return {
    ...ref,
    status: 'awaiting_photos',
    asset: request.asset,
    options: request.options ?? {},
    photos: request.photos.map((photo, index) => ({ ...photo, photoId: photoIdAt(index) })),
    declaredPhotos: request.photos.length,
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
  throw new RequestError('invalid_request', 'A year of the asset is too far in the future.', violations);
}
