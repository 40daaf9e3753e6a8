import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/jobs/job.ts';
import { conclusionKey, photoKey } from '../../../functions/jobs/job-rows.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, type PhotoId, photoIdAt } from '../../../functions/platform/ids.ts';
import { startStores } from '../stores.ts';
import { conclusionAt } from './conclusion.ts';
import { jobOf, NOW } from './jobs.ts';

const stores = await startStores();
afterAll(stores.close);
const { createJob, findJob, jobNamed, jobWithPhotos, completedJob } = await import(
  '../../../functions/jobs/job-store.ts'
);
const { closeUploads, completeJob, endJob, prolong } = await import('../../../functions/jobs/job-changes-store.ts');
const { placeOfPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');
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
const save = (job: Job, index: number, etag = 'etag') =>
  savePhotoAssessment(photoOf(job, index), rejected(photoIdAt(index)), etag);

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

describe('savePhotoAssessment', () => {
  it('counts a photo once, however often it is saved', async () => {
    const job = await storedJob(2);
    await Promise.all(Array.from({ length: 5 }, () => save(job, 0)));
    expect((await findJob(job))?.donePhotoIds).toEqual(new Set(['p001']));
  });

  it('keeps the first assessment of a photo', async () => {
    const job = await storedJob(1);
    await save(job, 0);
    await savePhotoAssessment(photoOf(job, 0), { photoId: 'p001', status: 'failed', code: 'worker_died', detail: '' });
    expect((await jobWithPhotos(job))?.photos).toMatchObject([{ status: 'rejected' }]);
  });

  it('sets the job to processing', async () => {
    const job = await storedJob(2);
    await save(job, 1);
    expect((await findJob(job))?.status).toBe('processing');
  });

  it('tells at least one of two last photos at the same instant that the job is complete', async () => {
    for (let round = 0; round < 10; round += 1) {
      const job = await storedJob(2);
      const saved = await Promise.all([save(job, 0), save(job, 1)]);
      expect(saved.filter((each) => each.status === 'counted' && each.complete).length).toBeGreaterThanOrEqual(1);
    }
  });

  it('is complete again when the last message is delivered again', async () => {
    const job = await storedJob(1);
    await save(job, 0);
    expect(await save(job, 0)).toMatchObject({ status: 'counted', complete: true, alreadyAssessed: true });
  });

  it('counts a photo whose first attempt died between the two writes', async () => {
    const job = await storedJob(1);
    const photo = photoOf(job, 0);
    const firstWrite = { ...photoKey(photo), assessment: rejected(photo.photoId), etag: 'etag' };
    await documents.send(new PutCommand({ TableName: 'jobs', Item: firstWrite }));

    expect(await save(job, 0)).toMatchObject({ status: 'counted', complete: true, alreadyAssessed: true });
  });

  it.each(['cancelled', 'expired', 'failed', 'completed'] as const)(
    'counts nothing once the job is %s',
    async (status) => {
      const job = await storedJob(2);
      await endJob(job, status, NOW);
      expect(await save(job, 0)).toEqual({ status: 'closed' });
      expect(await findJob(job)).toMatchObject({ status, donePhotoIds: new Set() });
    },
  );

  it('makes no job out of a photo', async () => {
    const stranger = jobOf(1, [], { jobId: JobId.parse(ulid()) });
    expect(await save(stranger, 0)).toEqual({ status: 'closed' });
    expect(await findJob(stranger)).toBeUndefined();
  });
});

describe('placeOfPhoto', () => {
  it('is open for an announced photo', async () => {
    const job = await storedJob(2);
    expect(await placeOfPhoto(photoOf(job, 1), 'etag')).toMatchObject({
      status: 'open',
      declared: { photoId: 'p002' },
    });
  });

  it('is unknown for a photo that was not announced', async () => {
    expect(await placeOfPhoto(photoOf(await storedJob(1), 1), 'etag')).toEqual({ status: 'unknown' });
  });

  it("is unknown for another workspace's photo", async () => {
    const job = await storedJob(1);
    expect(
      await placeOfPhoto({
        ...photoOf(job, 0),
        ...jobOf(1, [], { workspaceId: 'other', jobId: job.jobId }),
        photoId: photoIdAt(0),
      }),
    ).toEqual({
      status: 'unknown',
    });
  });

  it('is assessed, by the same upload, when the message comes again', async () => {
    const job = await storedJob(2);
    await save(job, 0, 'one');
    expect(await placeOfPhoto(photoOf(job, 0), 'one')).toMatchObject({ status: 'assessed', sameUpload: true });
  });

  it('is assessed, by another upload, when the form was used again', async () => {
    const job = await storedJob(2);
    await save(job, 0, 'one');
    expect(await placeOfPhoto(photoOf(job, 0), 'two')).toMatchObject({ status: 'assessed', sameUpload: false });
  });

  it('is closed for photos that came after the start', async () => {
    const job = await storedJob(2);
    await closeUploads(job, [photoIdAt(0)], NOW);
    expect(await placeOfPhoto(photoOf(job, 1), 'etag')).toMatchObject({ status: 'closed' });
  });

  it('is closed once the job has ended', async () => {
    const job = await storedJob(1);
    await endJob(job, 'cancelled', NOW);
    expect(await placeOfPhoto(photoOf(job, 0), 'etag')).toMatchObject({ status: 'closed' });
  });
});

describe('closeUploads', () => {
  it('lets the first start stand', async () => {
    const job = await storedJob(3);
    await closeUploads(job, [photoIdAt(0)], NOW);
    const second = await closeUploads(job, [photoIdAt(0), photoIdAt(1)], NOW);
    expect(second.expectedPhotoIds).toEqual(['p001']);
  });

  it('sees to it that somebody finds the job complete when the start meets the last photo', async () => {
    for (let round = 0; round < 10; round += 1) {
      const job = await storedJob(3);
      await save(job, 0);
      const [started, saved] = await Promise.all([closeUploads(job, [photoIdAt(0), photoIdAt(1)], NOW), save(job, 1)]);
      const seenByPhoto = saved.status === 'counted' && saved.complete;
      expect(seenByPhoto || started.donePhotoIds.size === 2).toBe(true);
    }
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
    await save(job, 0);
    expect(await completeJob(job, conclusion(), NOW)).toMatchObject({ ended: true, job: { status: 'completed' } });
    expect(await completedJob(job)).toMatchObject({ conclusion: conclusion(), photos: [{ photoId: 'p001' }] });
  });

  it('ends a job once', async () => {
    const job = await storedJob(1);
    const endings = await Promise.all([1, 2, 3].map(() => completeJob(job, conclusion(), NOW)));
    expect(endings.filter(({ ended }) => ended)).toHaveLength(1);
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
    expect(await completeJob(job, conclusion(), NOW)).toMatchObject({ ended: false, job: { status: 'cancelled' } });
  });
});

describe('endJob', () => {
  it('lets exactly one of several endings win', async () => {
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
  it('lets one of two sweeps go on', async () => {
    const job = await storedJob(1);
    const later = '2026-11-22T11:00:00.000Z';
    const prolonged = await Promise.all([prolong(job, later), prolong(job, later)]);
    expect(prolonged.filter((each) => each !== undefined)).toHaveLength(1);
    expect(await findJob(job)).toMatchObject({ deadlineAt: later, sweeps: 1 });
  });
});
