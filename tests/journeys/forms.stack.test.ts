import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreatedJob, type Upload } from '../../functions/jobs/jobs-contract.ts';
import { type Client, call, createJob, ended, jobOf, look, type Photo, postForm, uploadAll } from './client.ts';
import { allHandled } from './losses.ts';
import { smallPhoto, smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle, totalOf, until } from './running-stack.ts';

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

async function formFor(photo: Photo, options = {}) {
  const job = await createJob(client, [photo], options);
  const [form] = job.uploads;
  if (!form) throw new Error('a job without a form');
  return { jobId: job.jobId, form };
}

const sha256Of = ({ content }: Photo): string => createHash('sha256').update(content).digest('hex');

async function refusalOf(response: Response) {
  return { status: response.status, code: /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] };
}

describe('a presigned form', () => {
  it('is refused after its expiry', async () => {
    const photo = await smallPhoto(1);
    const { form } = await formFor(photo, { options: { uploadSeconds: 60 } });
    fettle.clock.advance(62_000);
    expect(await refusalOf(await postForm(form, photo.content))).toEqual({ status: 403, code: 'AccessDenied' });
  });

  it.each([
    ['key', (key: string) => key.replace('p001', 'p002')],
    ['key', (key: string) => key.replace('acme', 'neighbour')],
    ['Content-Type', () => 'text/html'],
    [
      'Policy',
      (policy: string) =>
        Buffer.from(Buffer.from(policy, 'base64').toString().replace('acme', 'evil')).toString('base64'),
    ],
    ['X-Amz-Signature', (signature: string) => signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ['X-Amz-Credential', (credential: string) => credential.replace(/^[^/]+/, 'AKIAIOSFODNN7EXAMPLE')],
    ['x-amz-meta-hint', () => Buffer.from('roof').toString('base64url')],
    ['x-amz-meta-asset-kind', () => 'vehicle'],
    ['x-amz-meta-other', () => 'one more'],
    ['X-Amz-Date', (date: string) => date.replace('Z', '1Z')],
    ['acl', () => 'public-read'],
    ['success_action_redirect', () => 'https://example.com/'],
  ])('is refused when its %s was altered', async (field, alter) => {
    const photo = await smallPhoto(1);
    const { form } = await formFor(photo);
    const fields = { ...form.fields, [field]: alter(form.fields[field] ?? '') };
    const response = await postForm({ url: form.url, fields }, photo.content);
    expect(response.status).toBe(403);
  });

  it('is refused when any of its fields is missing', async () => {
    const photo = { ...(await smallPhoto(1)), subject: 'kitchen' };
    const { form } = await formFor(photo);
    // The bucket is in the URL, too.
    const names = Object.keys(form.fields).filter((name) => name !== 'bucket');
    const statuses = [];
    for (const missing of names) {
      const fields = Object.fromEntries(Object.entries(form.fields).filter(([name]) => name !== missing));
      statuses.push([missing, (await postForm({ url: form.url, fields }, photo.content)).status]);
    }
    expect(names).toContain('x-amz-meta-hint');
    expect(statuses.filter(([, status]) => status !== 403 && status !== 400)).toEqual([]);
  });

  it('of a photo with a checksum takes no other content of the same size', async () => {
    const photo = await smallPhoto(1);
    const photos = [{ ...jobOf([photo]).photos[0], sha256: sha256Of(photo) }];
    const { body } = await call(client, 'POST /jobs', { body: { ...jobOf([photo]), photos } });
    const [form] = CreatedJob.parse(body).uploads;
    const altered = Uint8Array.from(photo.content, (byte, index) => (index === 100 ? byte ^ 1 : byte));
    expect(await refusalOf(await postForm(form as Upload, altered))).toEqual({ status: 400, code: 'BadDigest' });
    expect((await postForm(form as Upload, photo.content)).status).toBe(204);
  });

  it('refuses a larger file than announced', async () => {
    const photo = await smallPhoto(1);
    const { form, jobId } = await formFor(photo);
    const larger = new Uint8Array([...photo.content, 0]);
    expect(await refusalOf(await postForm(form, larger))).toEqual({ status: 400, code: 'EntityTooLarge' });
    expect((await look(client, jobId)).progress.donePhotos).toBe(0);
  });

  it('counts its first photo, and no other, when it is used twice', async () => {
    const photos = await smallPhotos(2);
    const another = await smallPhoto(3, { widthPx: 100, heightPx: 75 });
    const job = await createJob(client, photos);
    const [first] = job.uploads;
    await uploadAll({ uploads: job.uploads.slice(0, 1) }, photos);
    await until('the first is counted', async () => (await look(client, job.jobId)).progress.donePhotos === 1);
    const ignored = totalOf(fettle, 'PhotoIgnored');

    // Smaller, because the form takes no more bytes than were announced.
    const again = await postForm(first as Upload, another.content);
    await until('the second is ignored', () => totalOf(fettle, 'PhotoIgnored') === ignored + 1);
    await uploadAll({ uploads: job.uploads.slice(1) }, photos.slice(1));
    const { assessment } = await ended(client, job.jobId);

    expect(again.status).toBe(204);
    expect(assessment?.quality.photos).toMatchObject({ total: 2, assessed: 2 });
    expect(assessment?.photos).toMatchObject(photos.map((photo) => ({ media: { sha256: sha256Of(photo) } })));
  });

  it('changes nothing when it is used after the job has ended', async () => {
    const photo = await smallPhoto(1);
    const { form, jobId } = await formFor(photo);
    await postForm(form, photo.content);
    const atTheEnd = await ended(client, jobId);
    const ignored = totalOf(fettle, 'PhotoIgnored');

    const again = await postForm(form, photo.content.slice(0, 1000));
    await until('the second is ignored', () => totalOf(fettle, 'PhotoIgnored') === ignored + 1);
    await allHandled(fettle);
    const cancelled = await call(client, `DELETE /jobs/${jobId}`);

    expect(again.status).toBe(204);
    expect(cancelled).toMatchObject({ status: 409, body: { code: 'job_finished' } });
    expect(await look(client, jobId)).toEqual(atTheEnd);
  });
});

describe('a filename', () => {
  it.each([
    ['climbs out of its folder', '../../etc/passwd'],
    ['climbs in the other direction', '..\\..\\windows\\system32'],
    ['holds a NUL', 'kitchen\0.jpg'],
    ['is a key of somebody else', 'uploads/neighbour/x/p001'],
    ['is no Latin', '厨房🍳.jpg'],
    ['is as long as allowed', 'x'.repeat(255)],
    ['looks like a variable of S3', '$'.concat('{filename}')],
    ['holds a header', 'a"\r\nX-Evil: 1.jpg'],
  ])('that %s does no harm', async (_what, filename) => {
    const photo = { ...(await smallPhoto(1)), filename };
    const { form, jobId } = await formFor(photo);
    const upload = await postForm(form, photo.content);
    const job = await ended(client, jobId);
    const answer = await call(client, `GET /jobs/${jobId}/photos/p001/display`);
    const { url } = answer.body as { url: string };
    const display = await fetch(url);

    expect(form.fields.key).toBe(`uploads/acme/${jobId}/p001`);
    expect(job).toMatchObject({
      status: 'completed',
      assessment: { photos: [{ photoId: 'p001', status: 'assessed' }] },
    });
    expect(new URL(url).pathname).toMatch(new RegExp(`/derived/acme/${jobId}/p001/display\\.jpg$`));
    expect(display.status).toBe(200);
    expect(display.headers.get('Content-Type')).toBe('image/jpeg');
    expect(new URL(url).searchParams.get('response-content-disposition')).toBe('inline; filename="p001-display.jpg"');
    for (const { headers } of [upload, answer, display]) expect(headers.has('X-Evil')).toBe(false);
  });

  it('that is too long is refused', async () => {
    const photos = [{ filename: 'x'.repeat(256), contentType: 'image/jpeg', bytes: 1 }];
    const { status } = await call(client, 'POST /jobs', { body: { asset: { kind: 'property' }, photos } });
    expect(status).toBe(400);
  });
});
