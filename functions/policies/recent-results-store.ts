import type { AssetKind } from '../assets/asset.ts';
import { listJobs } from '../jobs/job-list-store.ts';
import { jobWithPhotos } from '../jobs/job-store.ts';
import type { JobId, WorkspaceId } from '../platform/ids.ts';
import type { StoredResult } from './preview.ts';

/** Jobs that are read at the same time. Chosen by eye: a partition each, which DynamoDB serves in parallel. */
const AT_ONCE = 10;

/**
 * The newest completed jobs of a workspace whose asset is of one of these kinds, newest first, in groups that are read at
 * the same time. A page of the list with none of these kinds is an empty group, so that the caller can stop between pages.
 *
 * @param most jobs in all
 */
export async function* recentResults(
  workspaceId: WorkspaceId,
  kinds: readonly AssetKind[],
  most: number,
  now: Date,
): AsyncGenerator<readonly StoredResult[]> {
  for await (const jobIds of recentJobIds(workspaceId, kinds, most, now)) {
    const found = await Promise.all(jobIds.map((jobId) => jobWithPhotos({ workspaceId, jobId })));
    yield found.flatMap((each) => (each?.conclusion ? [{ ...each, conclusion: each.conclusion }] : []));
  }
}

async function* recentJobIds(
  workspaceId: WorkspaceId,
  kinds: readonly AssetKind[],
  most: number,
  now: Date,
): AsyncGenerator<readonly JobId[]> {
  let left = most;
  let after: JobId | undefined;
  do {
    const page = await listJobs(workspaceId, { status: 'completed', limit: most, after }, now);
    const ids = page.entries.filter(({ kind }) => kinds.includes(kind)).map(({ jobId }) => jobId);
    for (let index = 0; index < Math.min(ids.length, left); index += AT_ONCE) {
      yield ids.slice(index, Math.min(index + AT_ONCE, left));
    }
    left -= Math.min(ids.length, left);
    after = page.nextPosition as JobId | undefined;
    if (ids.length === 0 && after !== undefined) yield [];
  } while (after !== undefined && left > 0);
}
