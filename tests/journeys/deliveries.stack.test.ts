import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type JobId, PhotoId, WorkspaceId } from '../../functions/platform/ids.ts';
import { type Client, call, createJob, ended, jobOf, look, submit, uploadAll } from './client.ts';
import { allHandled, documentsOf, losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { sendConclusion, sendEventOf } from './queue-messages.ts';
import {
  countOf,
  endedAfterFailures,
  jobsTableOf,
  type RunningFettle,
  startFettle,
  totalOf,
  until,
} from './running-stack.ts';

const WORKSPACE = WorkspaceId.parse('acme');

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client(WORKSPACE);
});

afterAll(() => fettle?.stop());

afterEach(() => fettle?.stack.faults.clear());

const tellAgain = (jobId: JobId, photoId: string) =>
  sendEventOf(fettle, { workspaceId: WORKSPACE, jobId, photoId: PhotoId.parse(photoId) });

const requestConclusion = (jobId: JobId) => sendConclusion(fettle, { workspaceId: WORKSPACE, jobId });

describe('an S3 event that is delivered five times', () => {
  it('counts its photo once, and is not mistaken for another upload', async () => {
    const before = totalOf(fettle, 'PhotoIgnored');
    const photos = await smallPhotos(2);
    const job = await createJob(client, photos);
    await uploadAll({ uploads: job.uploads.slice(0, 1) }, photos);
    await Promise.all([1, 2, 3, 4].map(() => tellAgain(job.jobId, 'p001')));
    await until('the photo is counted', async () => (await look(client, job.jobId)).progress.donePhotos === 1);
    await allHandled(fettle);
    await uploadAll({ uploads: job.uploads.slice(1) }, photos.slice(1));

    const { assessment } = await ended(client, job.jobId);

    expect(assessment?.quality.photos).toMatchObject({ total: 2, assessed: 2 });
    expect(await losses(fettle)).toEqual([]);
    expect(totalOf(fettle, 'PhotoIgnored')).toBe(before);
  });
});

describe('messages in another order', () => {
  it('lead to the same result', async () => {
    const photos = await smallPhotos(3);
    const job = await createJob(client, photos);
    // A conclusion before its photos, the last photo first, and every event once more.
    await requestConclusion(job.jobId);
    await uploadAll({ uploads: job.uploads.slice(2) }, photos.slice(2));
    await requestConclusion(job.jobId);
    await uploadAll({ uploads: job.uploads.slice(0, 2) }, photos.slice(0, 2));
    await Promise.all(['p003', 'p002', 'p001'].map((photoId) => tellAgain(job.jobId, photoId)));

    const { assessment } = await ended(client, job.jobId);

    expect(assessment?.quality.photos).toMatchObject({ total: 3, assessed: 3 });
    expect(await losses(fettle)).toEqual([]);
  });

  it('change nothing after the job has ended', async () => {
    const jobId = await submit(client, await smallPhotos(2));
    const atTheEnd = await ended(client, jobId);

    await Promise.all([tellAgain(jobId, 'p002'), tellAgain(jobId, 'p001'), requestConclusion(jobId)]);

    expect(await losses(fettle)).toEqual([]);
    expect(await look(client, jobId)).toEqual(atTheEnd);
  });
});

describe('two last photos', () => {
  it('at the same instant complete their job once', async () => {
    const before = totalOf(fettle, 'JobCompleted');
    const bothAreSaid = meetingOf(2);
    fettle.stack.faults.add({
      service: 'dynamodb',
      action: 'dynamodb:UpdateItem',
      resource: jobsTableOf(fettle),
      times: 2,
      meanwhile: bothAreSaid,
    });
    const jobId = await submit(client, await smallPhotos(2));

    const { assessment } = await ended(client, jobId);

    expect(assessment?.quality.photos).toMatchObject({ total: 2, assessed: 2 });
    expect(await losses(fettle)).toEqual([]);
    await until('the metric is written', () => totalOf(fettle, 'JobCompleted') > before);
    expect(totalOf(fettle, 'JobCompleted')).toBe(before + 1);
  });
});

/** A barrier for this number of callers. */
function meetingOf(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === count) resolve();
    return promise;
  };
}

describe('a throttled table', () => {
  it('delays a job without losing a photo', async () => {
    const photos = await smallPhotos(3);
    const job = await createJob(client, photos);
    const before = countOf(fettle, 'Invocations', 'AssessPhoto');
    fettle.stack.faults.throttleTable(jobsTableOf(fettle), Number.POSITIVE_INFINITY);
    await uploadAll(job, photos);
    await until('each photo has failed', () => countOf(fettle, 'Invocations', 'AssessPhoto') >= before + photos.length);
    fettle.stack.faults.clear();

    const { assessment } = await endedAfterFailures(fettle, client, job.jobId, 'Invocations');

    expect(assessment?.quality.photos).toMatchObject({ total: 3, assessed: 3 });
    expect(await losses(fettle)).toEqual([]);
  });

  it('gives the caller a retryable error, and the retry creates one job', async () => {
    const body = jobOf(await smallPhotos(1), { options: { uploadSeconds: 60 } });
    const request = { body, headers: { 'Idempotency-Key': 'once-only' } };
    fettle.stack.faults.throttleTable(jobsTableOf(fettle), Number.POSITIVE_INFINITY, 'dynamodb:PutItem');

    const refused = await call(client, 'POST /jobs', request);
    fettle.stack.faults.clear();
    const accepted = await call(client, 'POST /jobs', request);

    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(accepted.status).toBe(201);
    const { jobId } = accepted.body as { jobId: string };
    await call(client, `DELETE /jobs/${jobId}`);
    expect(await losses(fettle)).toEqual([]);
  });
});

describe('a job that is cancelled while a photo is being assessed', () => {
  it('stays cancelled', async () => {
    const { promise: cancelled, resolve } = Promise.withResolvers<void>();
    const { promise: saving, resolve: isSaving } = Promise.withResolvers<void>();
    fettle.stack.faults.add({
      service: 'dynamodb',
      action: 'dynamodb:PutItem',
      resource: jobsTableOf(fettle),
      times: 1,
      meanwhile: () => {
        isSaving();
        return cancelled;
      },
    });
    const job = await createJob(client, await smallPhotos(2));
    await uploadAll(job, await smallPhotos(2));
    await saving;

    const answer = await call(client, `DELETE /jobs/${job.jobId}`);
    resolve();

    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await losses(fettle)).toEqual([]);
    expect((await look(client, job.jobId)).status).toBe('cancelled');
  });
});

describe('photos that never arrive', () => {
  it('make their job expire', async () => {
    const { jobId } = await createJob(client, await smallPhotos(2));
    await endUploadsOf(jobId);

    const { status, error } = await ended(client, jobId);

    expect({ status, code: error?.code }).toEqual({ status: 'expired', code: 'no_photos_arrived' });
    expect(await losses(fettle)).toEqual([]);
  });

  it('are missing in the conclusion from the others', async () => {
    const photos = await smallPhotos(3);
    const job = await createJob(client, photos);
    await uploadAll({ uploads: job.uploads.slice(0, 2) }, photos);
    await endUploadsOf(job.jobId);

    const { status, assessment } = await ended(client, job.jobId);

    expect(status).toBe('completed');
    expect(assessment?.photos.map(({ photoId }) => photoId)).toEqual(['p001', 'p002']);
    expect(await losses(fettle)).toEqual([]);
  });

  it('are not waited for after a start', async () => {
    const photos = await smallPhotos(3);
    const job = await createJob(client, photos);
    await uploadAll({ uploads: job.uploads.slice(1, 2) }, photos.slice(1, 2));
    await call(client, `POST /jobs/${job.jobId}/start`);

    const { assessment } = await ended(client, job.jobId);

    expect(assessment?.photos.map(({ photoId }) => photoId)).toEqual(['p002']);
    expect(await losses(fettle)).toEqual([]);
  });
});

/**
 * Makes a job's deadline pass, and waits for the sweep.
 *
 * Functions use the machine's own clock, which tests cannot move; so the job's times are moved back.
 */
async function endUploadsOf(jobId: string): Promise<void> {
  const past = new Date(Date.now() - 1000).toISOString();
  await documentsOf(fettle).send(
    new UpdateCommand({
      TableName: jobsTableOf(fettle),
      Key: { pk: `JOB#${WORKSPACE}#${jobId}`, sk: 'JOB' },
      UpdateExpression: 'SET deadlineAt = :past, expiresAt = :past',
      ExpressionAttributeValues: { ':past': past },
    }),
  );
  fettle.clock.advance(60_000);
}
