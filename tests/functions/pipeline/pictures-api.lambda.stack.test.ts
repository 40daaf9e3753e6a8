import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, PhotoRef } from '../../../functions/platform/ids.ts';
import { sha256 } from '../../../functions/platform/sha256.ts';
import { assessedPhoto } from '../jobs/assessed-photo.ts';
import { jobOf } from '../jobs/jobs.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/pipeline/pictures-api.lambda.ts');
const { createJob } = await import('../../../functions/jobs/job-store.ts');
const { countPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');

const picture = (width: number): Promise<Buffer> =>
  sharp({ create: { width, height: 900, channels: 3, background: '#a97' } })
    .withExif({ IFD0: { Make: 'Canon' } })
    .jpeg()
    .toBuffer();
const bucket = new S3Client({});
const put = (Key: string, Body: Uint8Array) => bucket.send(new PutObjectCommand({ Bucket: 'media', Key, Body }));
const remove = (Key: string) => bucket.send(new DeleteObjectCommand({ Bucket: 'media', Key }));

const finding = {
  kind: 'crack',
  severity: 'minor',
  confidenceRatio: 0.8,
  areaRatio: 0.1,
  box: { x: 0, y: 0, width: 0.5, height: 0.5 },
  experimental: false,
};

/** A job whose photo p001 lies in the bucket, and was assessed with these findings. */
async function assessedJob(file: Uint8Array, findings: readonly object[] = []): Promise<PhotoRef> {
  const job = await createJob(jobOf(1, [], { jobId: JobId.parse(ulid()) }));
  const photo = PhotoRef.parse({ ...job, photoId: 'p001' });
  await put(uploadOf(photo), file);
  const blank = assessedPhoto(findings);
  const assessment: PhotoAssessment =
    blank.status === 'assessed' ? { ...blank, media: { ...blank.media, sha256: sha256(file) } } : blank;
  await savePhotoAssessment(photo, assessment, {});
  await countPhoto(photo);
  return photo;
}

const uploadOf = ({ jobId }: PhotoRef) => `uploads/acme/${jobId}/p001`;
const derivedOf = ({ jobId }: PhotoRef, kind: string) => `derived/acme/${jobId}/p001/${kind}.jpg`;

async function ask(route: 'getDisplay' | 'getOverlay', { jobId, photoId }: PhotoRef, asked: Asked = {}) {
  const { statusCode, body } = await handler(requestTo(route, { params: { jobId, photoId }, ...asked }), context);
  return { statusCode, body: JSON.parse(body) };
}

describe('getDisplay', () => {
  it('creates the copy at the first request: at most 1,280 px, without metadata', async () => {
    const { statusCode, body } = await ask('getDisplay', await assessedJob(await picture(2000)));
    const copy = Buffer.from(await (await fetch(body.url)).arrayBuffer());
    const { width, format, exif } = await sharp(copy).metadata();
    expect([statusCode, width, format, exif]).toEqual([200, 1280, 'jpeg', undefined]);
  });

  it('makes it once, and shows it when the upload is gone', async () => {
    const photo = await assessedJob(await picture(700));
    await ask('getDisplay', photo);
    await remove(uploadOf(photo));
    const { statusCode, body } = await ask('getDisplay', photo);
    expect([statusCode, (await fetch(body.url)).status]).toEqual([200, 200]);
  });

  it('creates the same copy for concurrent requests', async () => {
    const photo = await assessedJob(await picture(700));
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask('getDisplay', photo)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  });

  it('answers 410 when the upload is gone before anybody looked', async () => {
    const photo = await assessedJob(await picture(700));
    await remove(uploadOf(photo));
    expect(await ask('getDisplay', photo)).toMatchObject({ statusCode: 410, body: { code: 'picture_expired' } });
  });

  it('never shows another photo than the one that was assessed', async () => {
    const photo = await assessedJob(await picture(700));
    await put(uploadOf(photo), await picture(800));
    expect(await ask('getDisplay', photo)).toMatchObject({ statusCode: 410, body: { code: 'picture_expired' } });
  });

  it('is not ready before the photo was assessed', async () => {
    const { workspaceId, jobId } = await createJob(jobOf(1, [], { jobId: JobId.parse(ulid()) }));
    const photo = PhotoRef.parse({ workspaceId, jobId, photoId: 'p001' });
    expect(await ask('getDisplay', photo)).toMatchObject({ statusCode: 409, body: { code: 'photo_not_ready' } });
  });

  it("answers another workspace's photo with 404", async () => {
    const photo = await assessedJob(await picture(700));
    expect(await ask('getDisplay', photo, { workspaceId: 'stranger' })).toMatchObject({ statusCode: 404 });
  });
});

describe('getOverlay', () => {
  it('shows the picture that the assessment drew', async () => {
    const photo = await assessedJob(await picture(700), [finding]);
    await put(derivedOf(photo, 'overlay'), Buffer.from('drawn'));
    const { body } = await ask('getOverlay', photo);
    expect(body).toEqual({ kind: 'overlay', url: expect.any(String), expiresAt: expect.any(String) });
    expect(await (await fetch(body.url)).text()).toBe('drawn');
  });

  it('shows the display copy, and says why, where no overlay is stored', async () => {
    const { body } = await ask('getOverlay', await assessedJob(await picture(700), [finding]));
    expect(body).toMatchObject({ kind: 'display', why: expect.stringMatching(/^No overlay of this photo is stored/) });
    expect((await fetch(body.url)).status).toBe(200);
  });

  it('answers 410 where neither the overlay nor the upload is stored', async () => {
    const photo = await assessedJob(await picture(700), [finding]);
    await remove(uploadOf(photo));
    expect(await ask('getOverlay', photo)).toMatchObject({ statusCode: 410, body: { code: 'picture_expired' } });
  });

  it('shows the display copy where nothing was found', async () => {
    const { body } = await ask('getOverlay', await assessedJob(await picture(700)));
    expect(new URL(body.url).pathname).toMatch(/display\.jpg$/);
    expect(body).toMatchObject({ kind: 'display', why: 'Nothing was found on the photo that can be drawn.' });
  });
});
