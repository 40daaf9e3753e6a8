import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/jobs/job.ts';
import { jobKey, type UploadId } from '../../../functions/jobs/job-rows.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, type PhotoId, photoIdAt } from '../../../functions/platform/ids.ts';
import { startStores } from '../stores.ts';
import { jobOf, NOW } from './jobs.ts';

const stores = await startStores();
afterAll(stores.close);
const { createJob, findJob, jobWithPhotos } = await import('../../../functions/jobs/job-store.ts');
const { closeUploads, endJob } = await import('../../../functions/jobs/job-changes-store.ts');
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

describe('savePhotoAssessment', () => {
  it('keeps the first assessment of a photo', async () => {
    const job = await storedJob(1);
    await save(job, 0);
    await savePhotoAssessment(
      photoOf(job, 0),
      { photoId: 'p001', status: 'failed', code: 'worker_died', detail: '' },
      {},
    );
    expect((await jobWithPhotos(job))?.photos).toMatchObject([{ status: 'rejected' }]);
  });

  it('keeps exactly one of several concurrent assessments', async () => {
    const job = await storedJob(1);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => save(job, 0)));
    expect(outcomes.toSorted()).toEqual([...Array(4).fill('same_upload'), 'saved']);
  });

  const version = (versionId: string, etag = 'one') => ({ etag, versionId });

  it.each<[string, readonly UploadId[]]>([
    ['by version', [version('v1'), version('v1'), version('v2')]],
    ['by version, even where no worker read the file', [{ versionId: 'v1' }, version('v1'), version('v2')]],
    ['by content, where an earlier release stored no version', [{ etag: 'one' }, version('v1'), version('v2', 'two')]],
    ['by content, in a bucket without versions', [{ etag: 'one' }, { etag: 'one' }, { etag: 'two' }]],
  ])('distinguishes a redelivered message from a form that is used twice %s', async (_how, uploads) => {
    const job = await storedJob(1);
    const outcomes = [];
    for (const upload of uploads) outcomes.push(await save(job, 0, upload));
    expect(outcomes).toEqual(['saved', 'same_upload', 'other_upload']);
  });
});

describe('countPhoto', () => {
  it('counts a photo once, however often it is counted', async () => {
    const job = await storedJob(2);
    await Promise.all(Array.from({ length: 5 }, () => saveAndCount(job, 0)));
    expect((await findJob(job))?.donePhotoIds).toEqual(new Set(['p001']));
  });

  it('sets the job to processing, in its own row too, from which it is listed', async () => {
    const job = await storedJob(2);
    await saveAndCount(job, 1);
    expect((await findJob(job))?.status).toBe('processing');
    const { Item } = await documents.send(new GetCommand({ TableName: 'jobs', Key: jobKey(job) }));
    expect(Item).toMatchObject({ status: 'processing' });
  });

  it('leaves the row of the job alone after the first photo', async () => {
    const job = await storedJob(3);
    await saveAndCount(job, 0);
    const rowOf = async () => (await documents.send(new GetCommand({ TableName: 'jobs', Key: jobKey(job) }))).Item;
    await documents.send(new PutCommand({ TableName: 'jobs', Item: { ...(await rowOf()), untouched: true } }));
    const before = await rowOf();
    await saveAndCount(job, 1);
    expect(await rowOf()).toEqual(before);
  });

  it('reports the job as complete to at least one of two concurrent last photos', async () => {
    for (let round = 0; round < 10; round += 1) {
      const job = await storedJob(2);
      const counted = await Promise.all([saveAndCount(job, 0), saveAndCount(job, 1)]);
      expect(counted.filter((each) => each.status === 'counted' && each.complete).length).toBeGreaterThanOrEqual(1);
    }
  });

  it('is complete again when the last message is delivered again', async () => {
    const job = await storedJob(1);
    await saveAndCount(job, 0);
    expect(await saveAndCount(job, 0)).toEqual({ status: 'counted', complete: true });
  });

  it.each(['cancelled', 'expired', 'failed'] as const)('counts nothing once the job is %s', async (status) => {
    const job = await storedJob(2);
    await endJob(job, status, NOW);
    expect(await saveAndCount(job, 0)).toEqual({ status: 'closed' });
    expect(await findJob(job)).toMatchObject({ status, donePhotoIds: new Set() });
  });

  it('counts no photo that came after the start', async () => {
    const job = await storedJob(2);
    await closeUploads(job, [photoIdAt(0)], NOW);
    expect(await saveAndCount(job, 1)).toEqual({ status: 'closed' });
  });

  it('counts no photo that was not announced', async () => {
    const job = await storedJob(1);
    expect(await count(job, 1)).toEqual({ status: 'closed' });
    expect((await findJob(job))?.donePhotoIds).toEqual(new Set());
  });

  it("counts nothing in another workspace's job", async () => {
    const job = await storedJob(1);
    const theirs = jobOf(1, [], { workspaceId: 'other', jobId: job.jobId });
    expect(await count(theirs, 0)).toEqual({ status: 'closed' });
  });

  it('makes no job out of a photo', async () => {
    const stranger = jobOf(1, [], { jobId: JobId.parse(ulid()) });
    expect(await count(stranger, 0)).toEqual({ status: 'closed' });
    expect(await findJob(stranger)).toBeUndefined();
  });
});
