import { afterAll, describe, expect, it } from 'vitest';
import type { RouteName } from '../../../functions/platform/names/routes.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';
import { conclusionAt } from './conclusion.ts';
import { passedOn, upload } from './media-and-queue.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/jobs/jobs-api.lambda.ts');
const { countPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');
const { completeJob, endJob } = await import('../../../functions/jobs/job-changes-store.ts');
const { JobRef, PhotoRef } = await import('../../../functions/platform/ids.ts');

const conclusion = conclusionAt('2026-11-22T09:30:00.000Z');
const photo = { filename: '../../etc/passwd', contentType: 'image/jpeg', bytes: 5 };
const newJob = (photos = 1) => ({ asset: { kind: 'property' }, photos: Array(photos).fill(photo) });

async function ask(route: RouteName, asked: Asked = {}) {
  const { statusCode, headers = {}, body } = await handler(requestTo(route, asked), context);
  return { statusCode, headers, body: JSON.parse(body) };
}

const create = async (photos = 1, asked: Asked = {}) =>
  (await ask('createJob', { body: newJob(photos), ...asked })).body;
const refOf = (jobId: string) => JobRef.parse({ workspaceId: 'acme', jobId });
const photoRef = (jobId: string, photoId: string) => PhotoRef.parse({ workspaceId: 'acme', jobId, photoId });
const assess = async (jobId: string, photoId: string) => {
  const photo = photoRef(jobId, photoId);
  await savePhotoAssessment(photo, { photoId, status: 'rejected', code: 'corrupt', detail: '', bytes: 5 }, {});
  return countPhoto(photo);
};

describe('createJob', () => {
  it('has S3 keep with each photo what its assessment has to know', async () => {
    const sha256 = 'ab'.repeat(32);
    const body = { asset: { kind: 'vehicle' }, photos: [{ ...photo, sha256, subject: 'Küche' }, photo] };
    const { uploads } = (await ask('createJob', { body })).body;
    const metadata = uploads.map(({ fields }: { fields: Record<string, string> }) => [
      fields['x-amz-meta-asset-kind'],
      fields['x-amz-meta-sha256'],
      fields['x-amz-meta-hint'],
    ]);
    expect(metadata).toEqual([
      ['vehicle', sha256, 'S8O8Y2hl'],
      ['vehicle', undefined, undefined],
    ]);
  });

  it('gives a form for each photo, whose key holds nothing that was typed', async () => {
    const { jobId, uploads } = await create(2);
    expect(
      uploads.map(({ photoId, fields }: { photoId: string; fields: { key: string } }) => [photoId, fields.key]),
    ).toEqual([
      ['p001', `uploads/acme/${jobId}/p001`],
      ['p002', `uploads/acme/${jobId}/p002`],
    ]);
  });

  it('pins key, type and size in the policy', async () => {
    const { jobId, uploads } = await create();
    const policy = JSON.parse(Buffer.from(uploads[0].fields.Policy, 'base64').toString());
    expect(policy.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, photo.bytes],
        { 'Content-Type': 'image/jpeg' },
        { key: `uploads/acme/${jobId}/p001` },
        { bucket: 'media' },
      ]),
    );
  });

  it('makes the form expire with the job', async () => {
    const { expiresAt, uploads } = await create();
    const { expiration } = JSON.parse(Buffer.from(uploads[0].fields.Policy, 'base64').toString());
    expect(Math.abs(Date.parse(expiration) - Date.parse(expiresAt))).toBeLessThan(2_000);
  });

  it('pins the checksum that was announced', async () => {
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const { uploads } = await create(1, { body: { asset: { kind: 'vehicle' }, photos: [{ ...photo, sha256 }] } });
    expect(uploads[0].fields['x-amz-checksum-sha256']).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
  });

  it('makes one job of a repeated request', async () => {
    const asked = { headers: { 'idempotency-key': 'abc', 'content-type': 'application/json' }, body: newJob() };
    const first = await ask('createJob', asked);
    const repeat = await ask('createJob', asked);
    expect(repeat.body).toEqual(first.body);
    expect(repeat.headers['Idempotent-Replayed']).toBe('true');
  });

  it('gives forms for a hundred photos', async () => expect((await create(100)).uploads).toHaveLength(100));

  it.each(['', ' ', 'x'.repeat(201), 'ü'])('refuses the Idempotency-Key %j', async (key) => {
    const headers = { 'idempotency-key': key, 'content-type': 'application/json' };
    expect(await ask('createJob', { headers, body: newJob() })).toMatchObject({
      statusCode: 400,
      body: { code: 'invalid_idempotency_key' },
    });
  });
});

describe('listJobs', () => {
  it('goes on where the page before ended', async () => {
    const workspaceId = 'lister';
    const made = [];
    for (let index = 0; index < 3; index += 1) made.unshift((await create(1, { workspaceId })).jobId);
    const first = await ask('listJobs', { workspaceId, query: { limit: '2' } });
    const second = await ask('listJobs', { workspaceId, query: { limit: '2', cursor: first.body.nextCursor } });
    const listed = [...first.body.jobs, ...second.body.jobs].map(({ jobId }) => jobId);
    expect(listed.sort()).toEqual(made.sort());
  });

  it("refuses another workspace's cursor", async () => {
    await create(1, { workspaceId: 'one' });
    await create(1, { workspaceId: 'one' });
    const { body } = await ask('listJobs', { workspaceId: 'one', query: { limit: '1' } });
    expect(await ask('listJobs', { workspaceId: 'two', query: { limit: '1', cursor: body.nextCursor } })).toMatchObject(
      {
        statusCode: 400,
        body: { code: 'invalid_cursor' },
      },
    );
  });

  it('refuses a status that is none', async () => {
    expect(await ask('listJobs', { query: { status: 'done' } })).toMatchObject({ statusCode: 400 });
  });
});

describe('getJob', () => {
  it('reports the progress', async () => {
    const { jobId } = await create(2);
    await assess(jobId, 'p001');
    const { body } = await ask('getJob', { params: { jobId } });
    expect(body).toMatchObject({ status: 'processing', progress: { donePhotos: 1, totalPhotos: 2, stage: 'photos' } });
  });

  it('gives the assessment when it is completed', async () => {
    const { jobId } = await create();
    await assess(jobId, 'p001');
    await completeJob(refOf(jobId), conclusion, new Date());
    const { body } = await ask('getJob', { params: { jobId } });
    expect(body.assessment).toMatchObject({ jobId, status: 'completed', photos: [{ photoId: 'p001' }], findings: [] });
  });

  it.each(['getJob', 'startJob', 'cancelJob'] as const)(
    "answers %s of another workspace's job with 404",
    async (route) => {
      const { jobId } = await create();
      expect(await ask(route, { params: { jobId }, workspaceId: 'stranger' })).toMatchObject({
        statusCode: 404,
        body: { code: 'not_found' },
      });
    },
  );
});

describe('startJob', () => {
  it('refuses when no photo has arrived', async () => {
    const { jobId } = await create(2);
    expect(await ask('startJob', { params: { jobId } })).toMatchObject({
      statusCode: 409,
      body: { code: 'no_photos' },
    });
  });

  it('goes on with the photos that lie in the bucket', async () => {
    const { jobId } = await create(3);
    await upload(jobId, 'p002');
    const { body } = await ask('startJob', { params: { jobId } });
    expect(body).toMatchObject({ status: 'processing', progress: { donePhotos: 0, totalPhotos: 1 } });
  });

  it('passes the job on when all of them are done, and again when it is repeated', async () => {
    const { jobId } = await create(2);
    await upload(jobId, 'p001');
    await assess(jobId, 'p001');
    await passedOn();
    await ask('startJob', { params: { jobId } });
    await ask('startJob', { params: { jobId } });
    expect(await passedOn()).toEqual([jobId, jobId]);
  });

  it.each(['cancelled', 'expired', 'failed'] as const)('refuses a job that is %s', async (status) => {
    const { jobId } = await create();
    await endJob(refOf(jobId), status, new Date());
    expect(await ask('startJob', { params: { jobId } })).toMatchObject({
      statusCode: 409,
      body: { code: 'job_finished' },
    });
  });
});

describe('cancelJob', () => {
  it('cancels, and cancels again', async () => {
    const { jobId } = await create();
    const answers = [await ask('cancelJob', { params: { jobId } }), await ask('cancelJob', { params: { jobId } })];
    expect(answers.map(({ statusCode, body }) => [statusCode, body.status])).toEqual(Array(2).fill([200, 'cancelled']));
  });

  it('does not cancel what is completed', async () => {
    const { jobId } = await create();
    await completeJob(refOf(jobId), conclusion, new Date());
    expect(await ask('cancelJob', { params: { jobId } })).toMatchObject({
      statusCode: 409,
      body: { code: 'job_finished' },
    });
  });
});
