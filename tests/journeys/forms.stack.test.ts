import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, call, createJob, ended, look, type Photo, postForm, uploadAll } from './client.ts';
import { smallPhoto, smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

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

async function refusalOf(response: Response) {
  return { status: response.status, code: /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] };
}

describe('a presigned form', () => {
  it('is dead after its time', async () => {
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
    ['acl', () => 'public-read'],
    ['success_action_redirect', () => 'https://example.com/'],
  ])('is refused when its %s was altered', async (field, alter) => {
    const photo = await smallPhoto(1);
    const { form } = await formFor(photo);
    const fields = { ...form.fields, [field]: alter(form.fields[field] ?? '') };
    const response = await postForm({ url: form.url, fields }, photo.content);
    expect(response.status).toBe(403);
  });

  it('takes no larger file than was announced', async () => {
    const photo = await smallPhoto(1);
    const { form, jobId } = await formFor(photo);
    const larger = new Uint8Array([...photo.content, 0]);
    expect(await refusalOf(await postForm(form, larger))).toEqual({ status: 400, code: 'EntityTooLarge' });
    expect((await look(client, jobId)).progress.donePhotos).toBe(0);
  });

  it('counts its photo once when it is used twice', async () => {
    const photos = await smallPhotos(2);
    const job = await createJob(client, photos);
    const [first] = job.uploads;
    const another = (await smallPhoto(3)).content;
    await uploadAll({ uploads: job.uploads.slice(0, 1) }, photos);
    (await first) && postForm(first as NonNullable<typeof first>, another.slice(0, photos[0]?.content.length));
    await uploadAll({ uploads: job.uploads.slice(1) }, photos.slice(1));

    const { assessment } = await ended(client, job.jobId);

    expect(assessment?.quality.photos.total).toBe(2);
  });

  it('changes nothing when it is used after the end', async () => {
    const photo = await smallPhoto(1);
    const { form, jobId } = await formFor(photo);
    await postForm(form, photo.content);
    const atTheEnd = await ended(client, jobId);

    const again = await postForm(form, photo.content.slice(0, 1000));

    expect(again.status).toBe(204);
    await call(client, `DELETE /jobs/${jobId}`);
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
    const { form, jobId } = await formFor({ ...(await smallPhoto(1)), filename });
    expect(form.fields.key).toBe(`uploads/acme/${jobId}/p001`);
  });

  it('that is too long is refused', async () => {
    const photos = [{ filename: 'x'.repeat(256), contentType: 'image/jpeg', bytes: 1 }];
    const { status } = await call(client, 'POST /jobs', { body: { asset: { kind: 'property' }, photos } });
    expect(status).toBe(400);
  });
});
