import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhotoAssessment } from '../../functions/photos/photo-assessment.ts';
import { type Client, call, createJob, ended, type Photo, postForm, submit, uploadAll } from './client.ts';
import * as hostile from './hostile-files.ts';
import { losses } from './losses.ts';
import { pagePhoto, picture, smallPhoto } from './photos.ts';
import { freshDataDir, nameOf, type RunningFettle, startFettle } from './running-stack.ts';

const dataDir = freshDataDir();
let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle({}, dataDir);
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

describe('a job of hostile files', () => {
  let photos: readonly PhotoAssessment[];
  let status: string;

  beforeAll(async () => {
    const files = [
      await hostile.truncated(),
      await hostile.polyglot(),
      hostile.pngBomb(),
      hostile.renamedPdf(),
      await hostile.cmykJpeg(),
      await hostile.animatedWebp(),
      await hostile.deepPng(),
    ];
    // The presigned form refuses an empty file; this one is written directly to the bucket.
    const empty: Photo = { ...hostile.renamedPdf(), content: new Uint8Array(1) };
    const job = await createJob(client, [...files, empty]);
    await uploadAll({ uploads: job.uploads.slice(0, -1) }, files);
    await new S3Client({ ...fettle.operator, forcePathStyle: true }).send(
      new PutObjectCommand({
        Bucket: nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket'),
        Key: `uploads/acme/${job.jobId}/p008`,
        Body: new Uint8Array(),
      }),
    );
    const view = await ended(client, job.jobId);
    status = view.status;
    photos = view.assessment?.photos ?? [];
  });

  it('completes', async () => {
    expect(status).toBe('completed');
    expect(photos).toHaveLength(8);
    expect(await losses(fettle)).toEqual([]);
  });

  it.each([
    ['a truncated file', 0, { status: 'rejected', code: 'corrupt' }],
    ['a photo that is a web page and an archive as well', 1, { status: 'assessed' }],
    ['a PNG of 30,000 x 30,000 px', 2, { status: 'rejected', code: 'too_large' }],
    ['a renamed PDF', 3, { status: 'rejected', code: 'unsupported_type' }],
    ['a CMYK JPEG', 4, { status: 'assessed' }],
    ['an animated WebP', 5, { status: 'rejected', code: 'animated' }],
    ['a PNG of 16 bits', 6, { status: 'assessed' }],
    ['zero bytes', 7, { status: 'rejected', code: 'unsupported_type' }],
  ])('says of %s what it is', (_what, index, expected) => {
    expect(photos[index]).toMatchObject(expected);
  });
});

describe('the display copy', () => {
  const displayOf = async (photo: Photo): Promise<Buffer> => {
    const jobId = await submit(client, [photo]);
    await ended(client, jobId);
    const { body } = await call(client, `GET /jobs/${jobId}/photos/p001/display`);
    const response = await fetch((body as { url: string }).url);
    return Buffer.from(await response.arrayBuffer());
  };

  it('has no GPS location', async () => {
    const position = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '52/1 31/1 12/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '13/1 24/1 0/1',
    };
    const taken = await picture(21)
      .withExif({ IFD0: { Make: 'Acme' }, IFD3: position })
      .jpeg()
      .toBuffer();
    const original = await sharp(taken).metadata();

    const display = await displayOf({ ...(await smallPhoto(21)), content: new Uint8Array(taken) });

    expect(original.exif).toBeDefined();
    expect(await sharp(display).metadata()).not.toHaveProperty('exif');
    expect(display.includes('Exif')).toBe(false);
  });

  it('has no bytes appended to the photo', async () => {
    const display = await displayOf(await hostile.polyglot());
    expect(display.includes('<script>')).toBe(false);
  });
});

/** What all functions have logged. */
async function logs(): Promise<string> {
  const folder = join(dataDir, 'logs');
  return (await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

describe('the words of an owner', () => {
  it('reach the worker whatever letters they have, and no log', async () => {
    const page = await pagePhoto();
    const subject = 'hood "<b>\r\n; x-amz-meta-asset-kind=property 漢字🧱';
    const jobId = await submit(client, [page, { ...page, subject }], { asset: { kind: 'vehicle' } });
    const photos = (await ended(client, jobId)).assessment?.photos ?? [];

    const isAsked = (photo: PhotoAssessment): boolean =>
      photo.status === 'assessed' &&
      photo.examined.some(({ question, outcome }) => question === 'vehicle_severity' && outcome !== 'not_asked');

    // A page is asked for damage of a vehicle only when it is called a part of one.
    expect(photos.map(isAsked)).toEqual([false, true]);
    expect(await logs()).toContain(jobId);
    expect(await logs()).not.toMatch(/漢字|asset-kind=property/);
  });
});

describe('an empty file', () => {
  it('is refused by its form', async () => {
    const { uploads } = await createJob(client, [await smallPhoto(1)]);
    const [upload] = uploads;
    const response = upload && (await postForm(upload, new Uint8Array()));
    expect(response?.status).toBe(400);
    expect(await response?.text()).toContain('EntityTooSmall');
  });
});
