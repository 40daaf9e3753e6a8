import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/jobs/job.ts';
import { jobKey } from '../../../functions/jobs/job-rows.ts';
import { MAX_SWEEPS } from '../../../functions/jobs/sweep.ts';
import { JobId, photoIdAt } from '../../../functions/platform/ids.ts';
import { context } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';
import { jobOf } from './jobs.ts';
import { passedOn, upload } from './media-and-queue.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/jobs/sweep-jobs.lambda.ts');
const { createJob, findJob, jobWithPhotos } = await import('../../../functions/jobs/job-store.ts');
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');

const sweep = () => handler({}, context);
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** A stored job whose deadline has passed; `more` is as it is stored. */
const overdueJob = (photos: number, done: readonly number[] = [], more: object = {}): Promise<Job> =>
  createJob(jobOf(photos, done, { jobId: JobId.parse(ulid()), deadlineAt: ago(1), expiresAt: ago(1), ...more }));

describe('sweep-jobs', () => {
  it('expires a job to which no photo came, and says so', async () => {
    const job = await overdueJob(2);
    await sweep();
    expect(await findJob(job)).toMatchObject({ status: 'expired', error: { code: 'no_photos_arrived' } });
  });

  it('leaves a job alone that has time', async () => {
    const job = await createJob(jobOf(1, [], { jobId: JobId.parse(ulid()), deadlineAt: ago(-60) }));
    await sweep();
    expect(await findJob(job)).toEqual(job);
  });

  it('goes on with the photos that came, and gives them time', async () => {
    const job = await overdueJob(3);
    await upload(job.jobId, photoIdAt(1));
    await sweep();
    const swept = await findJob(job);
    expect(swept).toMatchObject({ status: 'processing', expectedPhotoIds: ['p002'] });
    expect(Date.parse(swept?.deadlineAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('makes up for a start that died between its two writes', async () => {
    const job = await overdueJob(3, [], { expectedPhotoIds: [photoIdAt(2)] });
    await sweep();
    const swept = await findJob(job);
    expect(swept).toMatchObject({ status: 'processing', expectedPhotoIds: ['p003'] });
    expect(Date.parse(swept?.deadlineAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('passes a job on whose photos that came are all done', async () => {
    const job = await overdueJob(2, [0]);
    await passedOn();
    await sweep();
    expect(await passedOn()).toEqual([job.jobId]);
  });

  it('marks photos that came and were never assessed as failed, and passes the job on', async () => {
    const job = await overdueJob(2, [0], { expectedPhotoIds: [photoIdAt(0), photoIdAt(1)], startedAt: ago(60) });
    await passedOn();
    await sweep();
    expect((await jobWithPhotos(job))?.photos).toMatchObject([
      { photoId: 'p002', status: 'failed', code: 'timed_out' },
    ]);
    expect(await passedOn()).toEqual([job.jobId]);
  });

  it('passes a job on once when two sweeps run at the same time', async () => {
    const job = await overdueJob(1, [0]);
    await passedOn();
    await Promise.all([sweep(), sweep()]);
    expect(await passedOn()).toEqual([job.jobId]);
  });

  it('fails a job that is not concluded after MAX_SWEEPS requests', async () => {
    const job = await overdueJob(1, [0], { sweeps: MAX_SWEEPS });
    await sweep();
    expect(await findJob(job)).toMatchObject({ status: 'failed', error: { code: 'not_concluded' } });
  });

  it('sweeps the others when one cannot be read, and then fails', async () => {
    const [broken, job] = [await overdueJob(1), await overdueJob(1)];
    await documents.send(
      new UpdateCommand({
        TableName: 'jobs',
        Key: jobKey(broken),
        UpdateExpression: 'SET photos = :none',
        ExpressionAttributeValues: { ':none': 'none' },
      }),
    );
    await expect(sweep()).rejects.toThrow('1 jobs could not be swept');
    expect(await findJob(job)).toMatchObject({ status: 'expired' });
  });
});
