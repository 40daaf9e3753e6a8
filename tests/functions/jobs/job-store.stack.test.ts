import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/jobs/job.ts';
import { conclusionKey, jobKey, progressKey, rowOfJob, type UploadId } from '../../../functions/jobs/job-rows.ts';
import { lifetimeOf } from '../../../functions/jobs/lifetime.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, type PhotoId, photoIdAt } from '../../../functions/platform/ids.ts';
import { JOB_DAYS, startStores } from '../stores.ts';
import { conclusionAt } from './conclusion.ts';
import { jobOf, NOW } from './jobs.ts';

const stores = await startStores();
afterAll(stores.close);
const { createJob, findJob, jobNamed, jobWithPhotos, completedJob } = await import(
  '../../../functions/jobs/job-store.ts'
);
const { closeUploads, completeJob, endJob, prolong } = await import('../../../functions/jobs/job-changes-store.ts');
const { countPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');

/** A stored job that no other test knows. */
const storedJob = (photos: number): Promise<Job> => createJob(jobOf(photos, [], { jobId: JobId.parse(ulid()) }));
const photoOf = (job: Job, index: number) => ({
  workspaceId: job.workspaceId,
  jobId: job.jobId,
  photoId: photoIdAt(index),
});
const rejected = (photoId: PhotoId) =>
  PhotoAssessment.parse({ photoId, status: 'rejected', code: 'corrupt', detail: 'cut off', bytes: 10 });
const save = (job: Job, index: number, upload: UploadId = { etag: 'etag' }) =>
  savePhotoAssessment(photoOf(job, index), rejected(photoIdAt(index)), upload);
const count = (job: Job, index: number) => countPhoto(photoOf(job, index));
/** What a worker does with an assessed photo. */
const saveAndCount = async (job: Job, index: number) => {
  await save(job, index);
  return count(job, index);
};

const conclusion = (createdAt = NOW.toISOString()) => conclusionAt(createdAt);

describe('createJob', () => {
  it('stores the job as it was given', async () => {
    const job = await storedJob(3);
    expect(await findJob(job)).toEqual(job);
  });

  it('gives the first job to a repeat', async () => {
    const job = await storedJob(1);
    const repeat = await createJob({ ...job, createdAt: '2026-11-22T12:00:00.000Z' });
    expect(repeat).toEqual(job);
  });
});

describe('jobNamed', () => {
  it("does not find another workspace's job", async () => {
    const { jobId } = await storedJob(1);
    const theirs = jobOf(1, [], { workspaceId: 'other', jobId });
    await expect(jobNamed(theirs)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a job whose lifetime is over', () => {
  const tooOld = Date.now() - (JOB_DAYS + 1) * 86_400_000;
  const storedAt = (ms: number) => createJob(jobOf(1, [], { jobId: JobId.parse(ulid(ms)) }));

  it('is found no more, although its rows are still stored', async () => {
    const [over, kept] = [await storedAt(tooOld), await storedAt(tooOld + 2 * 86_400_000)];
    expect([await findJob(over), await jobWithPhotos(over)]).toEqual([undefined, undefined]);
    expect(await findJob(kept)).toEqual(kept);
    const { Items } = await documents.send(new ScanCommand({ TableName: 'jobs', ConsistentRead: true }));
    expect(Items?.filter(({ pk }) => pk === jobKey(over).pk)).toHaveLength(2);
  });

  it('has rows that all expire at the same time', async () => {
    const job = await storedJob(1);
    await saveAndCount(job, 0);
    await completeJob(job, conclusion(), NOW);
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'jobs', ConsistentRead: true }));
    const times = Items.filter(({ pk }) => pk === jobKey(job).pk).map(({ keptUntilSeconds }) => keptUntilSeconds);
    expect(times).toEqual(Array(4).fill(lifetimeOf(job.jobId, JOB_DAYS).keptUntilSeconds));
  });
});

describe('a job of release 0.1.0', () => {
  /** It has its progress in its own row. */
  async function storedByOldRelease(photos: number, done: readonly number[], more: object = {}): Promise<Job> {
    const job = await storedJob(photos);
    await documents.send(new DeleteCommand({ TableName: 'jobs', Key: progressKey(job) }));
    const progress = { donePhotoIds: new Set(done.map(photoIdAt)), ...more };
    await documents.send(new PutCommand({ TableName: 'jobs', Item: { ...rowOfJob(job, JOB_DAYS), ...progress } }));
    return job;
  }

  it('is read with what it has counted', async () => {
    const job = await storedByOldRelease(3, [0, 2], { expectedPhotoIds: [photoIdAt(0), photoIdAt(2)] });
    expect(await findJob(job)).toMatchObject({
      donePhotoIds: new Set(['p001', 'p003']),
      expectedPhotoIds: ['p001', 'p003'],
    });
  });

  it('goes on counting from there', async () => {
    const job = await storedByOldRelease(2, [0]);
    expect(await saveAndCount(job, 1)).toEqual({ status: 'counted', complete: true });
  });

  it('ends like any other', async () => {
    const job = await storedByOldRelease(2, [0]);
    expect(await endJob(job, 'cancelled', NOW)).toMatchObject({ ended: true, job: { status: 'cancelled' } });
  });
});

describe('closeUploads', () => {
  it('keeps the photos of the first start', async () => {
    const job = await storedJob(3);
    await closeUploads(job, [photoIdAt(0)], NOW);
    const second = await closeUploads(job, [photoIdAt(0), photoIdAt(1)], NOW);
    expect(second.expectedPhotoIds).toEqual(['p001']);
  });

  it('reports the job as complete to at least one of a concurrent start and last photo', async () => {
    for (let round = 0; round < 10; round += 1) {
      const job = await storedJob(3);
      await saveAndCount(job, 0);
      const [started, counted] = await Promise.all([
        closeUploads(job, [photoIdAt(0), photoIdAt(1)], NOW),
        saveAndCount(job, 1),
      ]);
      const seenByPhoto = counted.status === 'counted' && counted.complete;
      expect(seenByPhoto || started.donePhotoIds.size === 2).toBe(true);
    }
  });

  it('is made up for by the repeat when it died between its two writes', async () => {
    const job = await storedJob(2);
    const halfDone = { ...progressKey(job), declaredPhotos: 2, expectedPhotoIds: ['p002'] };
    await documents.send(new PutCommand({ TableName: 'jobs', Item: halfDone }));
    const started = await closeUploads(job, [photoIdAt(0)], NOW);
    expect(started).toMatchObject({ status: 'processing', startedAt: NOW.toISOString(), expectedPhotoIds: ['p002'] });
  });

  it('starts no job that has ended', async () => {
    const job = await storedJob(1);
    await endJob(job, 'expired', NOW);
    expect(await closeUploads(job, [photoIdAt(0)], NOW)).toMatchObject({ status: 'expired' });
  });
});

describe('completeJob', () => {
  it('stores the conclusion with the job', async () => {
    const job = await storedJob(1);
    await saveAndCount(job, 0);
    expect(await completeJob(job, conclusion(), NOW)).toBe(true);
    expect(await completedJob(job)).toMatchObject({
      job: { status: 'completed' },
      conclusion: conclusion(),
      photos: [{ photoId: 'p001' }],
    });
  });

  it('ends a job once', async () => {
    const job = await storedJob(1);
    const endings = await Promise.all([1, 2, 3].map(() => completeJob(job, conclusion(), NOW)));
    expect(endings.filter(Boolean)).toHaveLength(1);
  });

  it('keeps the first conclusion after a crash between the two writes', async () => {
    const job = await storedJob(1);
    const first = conclusion('2026-11-22T09:31:00.000Z');
    await documents.send(new PutCommand({ TableName: 'jobs', Item: { ...conclusionKey(job), conclusion: first } }));

    await completeJob(job, conclusion('2026-11-22T09:32:00.000Z'), NOW);

    expect((await completedJob(job)).conclusion).toEqual(first);
  });

  it('never completes a cancelled job', async () => {
    const job = await storedJob(1);
    await endJob(job, 'cancelled', NOW);
    expect(await completeJob(job, conclusion(), NOW)).toBe(false);
    expect((await findJob(job))?.status).toBe('cancelled');
  });
});

describe('endJob', () => {
  it('makes exactly one of several concurrent endings effective', async () => {
    const job = await storedJob(1);
    const endings = await Promise.all(
      (['cancelled', 'expired', 'failed'] as const).map((status) => endJob(job, status, NOW)),
    );
    const winner = endings.find(({ ended }) => ended);
    expect(endings.filter(({ ended }) => ended)).toHaveLength(1);
    expect((await findJob(job))?.status).toBe(winner?.job.status);
  });

  it('says why', async () => {
    const job = await storedJob(1);
    const error = { code: 'no_photos_arrived', detail: 'None came.' } as const;
    await endJob(job, 'expired', NOW, error);
    expect(await findJob(job)).toMatchObject({ error, finishedAt: NOW.toISOString() });
  });
});

describe('prolong', () => {
  it('returns true to one of two concurrent sweeps', async () => {
    const job = await storedJob(1);
    const later = '2026-11-22T11:00:00.000Z';
    const prolonged = await Promise.all([prolong(job, later), prolong(job, later)]);
    expect(prolonged.toSorted()).toEqual([false, true]);
    expect(await findJob(job)).toMatchObject({ deadlineAt: later, sweeps: 1 });
  });
});
