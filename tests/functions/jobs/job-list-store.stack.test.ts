import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { UNFINISHED_SHARDS } from '../../../functions/jobs/job-rows.ts';
import { JobId, type WorkspaceId, WorkspaceId as WorkspaceIdSchema } from '../../../functions/platform/ids.ts';
import { JOB_DAYS, startStores } from '../stores.ts';
import { jobOf, NOW } from './jobs.ts';

const stores = await startStores();
afterAll(stores.close);
const { createJob } = await import('../../../functions/jobs/job-store.ts');
const { endJob } = await import('../../../functions/jobs/job-changes-store.ts');
const { listJobs, overdueJobs } = await import('../../../functions/jobs/job-list-store.ts');

let workspaces = 0;
const newWorkspace = (): WorkspaceId => {
  workspaces += 1;
  return WorkspaceIdSchema.parse(`list-${workspaces}`);
};

/** So many jobs of a workspace, each a second after the one before; every third is cancelled. */
async function storeJobs(workspaceId: WorkspaceId, howMany: number): Promise<JobId[]> {
  const jobIds: JobId[] = [];
  for (let index = 0; index < howMany; index += 1) {
    const jobId = JobId.parse(ulid(NOW.getTime() + index * 1000));
    const job = await createJob(jobOf(1, [], { workspaceId, jobId }));
    if (index % 3 === 2) await endJob(job, 'cancelled', NOW);
    jobIds.unshift(jobId);
  }
  return jobIds;
}

async function everyPage(workspaceId: WorkspaceId, filter: { status?: 'cancelled'; limit: number }): Promise<JobId[]> {
  const seen: JobId[] = [];
  let after: JobId | undefined;
  do {
    const page = await listJobs(workspaceId, { ...filter, after }, NOW);
    expect(page.entries.length).toBeLessThanOrEqual(filter.limit);
    seen.push(...page.entries.map(({ jobId }) => jobId));
    after = page.nextPosition === undefined ? undefined : JobId.parse(page.nextPosition);
  } while (after);
  return seen;
}

describe('listJobs', () => {
  it('gives every job once, newest first, whatever the size of a page', async () => {
    const workspaceId = newWorkspace();
    const newestFirst = await storeJobs(workspaceId, 7);
    for (const limit of [1, 2, 3, 7, 100]) expect(await everyPage(workspaceId, { limit })).toEqual(newestFirst);
  });

  it('gives every job of a status once', async () => {
    const workspaceId = newWorkspace();
    const newestFirst = await storeJobs(workspaceId, 9);
    const cancelled = newestFirst.filter((_, index) => (newestFirst.length - 1 - index) % 3 === 2);
    for (const limit of [1, 2, 100]) {
      expect(await everyPage(workspaceId, { status: 'cancelled', limit })).toEqual(cancelled);
    }
  });

  it('ends before jobs whose lifetime is over, also from a cursor at one of them', async () => {
    const workspaceId = newWorkspace();
    const newestFirst = await storeJobs(workspaceId, 4);
    const [, , oldestShown, over] = newestFirst;
    // The oldest was created three seconds before the newest, two before the second.
    const later = new Date(NOW.getTime() + JOB_DAYS * 86_400_000 + 500);
    expect((await listJobs(workspaceId, { limit: 10 }, later)).entries.map(({ jobId }) => jobId)).toEqual(
      newestFirst.slice(0, 3),
    );
    expect(await listJobs(workspaceId, { limit: 10, after: oldestShown }, later)).toEqual({ entries: [] });
    expect(await listJobs(workspaceId, { limit: 10, after: over }, later)).toEqual({ entries: [] });
  });

  it('shows no jobs of another workspace', async () => {
    await storeJobs(newWorkspace(), 2);
    expect(await listJobs(newWorkspace(), { limit: 10 }, NOW)).toEqual({ entries: [] });
  });

  it("takes another workspace's job for a place only, not for a way in", async () => {
    const [mine, theirs] = [newWorkspace(), newWorkspace()];
    const myJobs = await storeJobs(mine, 2);
    const [, theirOldest] = await storeJobs(theirs, 2);
    const page = await listJobs(mine, { limit: 10, after: theirOldest }, NOW);
    expect(myJobs).toEqual(expect.arrayContaining(page.entries.map(({ jobId }) => jobId)));
  });

  it('has status, kind and number of photos', async () => {
    const workspaceId = newWorkspace();
    await storeJobs(workspaceId, 1);
    const { entries } = await listJobs(workspaceId, { limit: 1 }, NOW);
    expect(entries).toMatchObject([{ status: 'awaiting_photos', kind: 'property', totalPhotos: 1 }]);
  });
});

async function overdue(workspaceId: WorkspaceId, now: Date): Promise<JobId[]> {
  const found: JobId[] = [];
  for (let shard = 0; shard < UNFINISHED_SHARDS; shard += 1) {
    for await (const job of overdueJobs(shard, now)) if (job.workspaceId === workspaceId) found.push(job.jobId);
  }
  return found.sort();
}

describe('overdueJobs', () => {
  const atDeadline = new Date('2026-11-22T10:30:00.000Z');

  it('finds each open job whose deadline has come, and no job that has ended', async () => {
    const workspaceId = newWorkspace();
    const jobIds = await storeJobs(workspaceId, 9);
    const open = jobIds.filter((_, index) => (jobIds.length - 1 - index) % 3 !== 2).sort();
    expect(await overdue(workspaceId, atDeadline)).toEqual(open);
  });

  it('leaves jobs alone that have time', async () => {
    const workspaceId = newWorkspace();
    await storeJobs(workspaceId, 3);
    expect(await overdue(workspaceId, new Date(atDeadline.getTime() - 1))).toEqual([]);
  });
});
