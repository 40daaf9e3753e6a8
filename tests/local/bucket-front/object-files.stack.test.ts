import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOOSE, post, startUploadBucket, type UploadBucket } from './upload-bucket.ts';

/** As large as a photo of 12 megapixels. */
const PHOTO = randomBytes(2_700_000);

let bucket: UploadBucket;
beforeAll(async () => {
  bucket = await startUploadBucket();
});
afterAll(() => bucket.stop());

const operator = () => new S3Client({ ...bucket.client(), forcePathStyle: true });
const get = (Key: string, more: { Range?: string; IfMatch?: string } = {}) =>
  operator().send(new GetObjectCommand({ Bucket: 'photos', Key, ...more }));
const large = () => bucket.presign({ Conditions: [['content-length-range', 1, 8_000_000]] });
const files = () => readdirSync(join(bucket.dataDir, 'objects'));

describe('an object that was posted', () => {
  it('is given back byte for byte, with the MD5 of its bytes as ETag', async () => {
    const { status, headers } = await post(await large(), { file: PHOTO });
    const { Body, ContentLength, ETag } = await get('uploads/one.jpg');
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    const md5 = `"${createHash('md5').update(PHOTO).digest('hex')}"`;
    expect([status, headers.get('etag'), ETag, ContentLength]).toEqual([204, md5, md5, PHOTO.length]);
    expect(bytes.equals(PHOTO)).toBe(true);
  });

  it('is sent by range and precondition', async () => {
    await post(await bucket.presign(), { file: 'photograph' });
    const { Body } = await get('uploads/one.jpg', { Range: 'bytes=5-8' });
    expect(await Body?.transformToString()).toBe('grap');
    await expect(get('uploads/one.jpg', { IfMatch: '"other"' })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('is read to its end although another takes its place meanwhile', async () => {
    await post(await large(), { file: PHOTO });
    const { Body } = await get('uploads/one.jpg');
    await post(await bucket.presign(), { file: 'another' });
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(PHOTO)).toBe(true);
    expect(await bucket.stored('uploads/one.jpg')).toMatchObject({ body: 'another' });
  });

  it('takes the place of one that was put, and is replaced by one, without a file left over', async () => {
    const put = (Body: string) =>
      operator().send(new PutObjectCommand({ Bucket: 'photos', Key: 'uploads/one.jpg', Body }));
    await post(await bucket.presign(), { file: 'posted' });
    const before = files().length;
    await put('put');
    expect(await bucket.stored('uploads/one.jpg')).toMatchObject({ body: 'put' });
    await post(await bucket.presign(), { file: 'posted again' });
    expect(await bucket.stored('uploads/one.jpg')).toMatchObject({ body: 'posted again' });
    expect(files()).toHaveLength(before);
  });

  it.each([
    ['is too large', { file: 'x'.repeat(2000) }],
    ['is empty', { file: '' }],
    ['has another checksum', { fields: { 'x-amz-checksum-sha256': 'b3RoZXI=' } }],
  ])('leaves no file when it %s', async (_what, change) => {
    const before = files().length;
    const form = await bucket.presign({
      Conditions: [
        ['content-length-range', 1, 1000],
        ['starts-with', '$x-amz-checksum-sha256', ''],
      ],
    });
    expect((await post(form, change)).status).toBe(400);
    expect(files()).toHaveLength(before);
  });
});

describe('metadata of an object that was posted', () => {
  it('is given back by GET and HEAD', async () => {
    const form = await bucket.presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-job': 'j1/p001' } });
    await post(form);
    const head = await operator().send(new HeadObjectCommand({ Bucket: 'photos', Key: 'uploads/one.jpg' }));
    expect([head.Metadata, (await get('uploads/one.jpg')).Metadata]).toEqual([{ job: 'j1/p001' }, { job: 'j1/p001' }]);
  });

  it('has to be what the policy says', async () => {
    const form = await bucket.presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-job': 'j1' } });
    expect(await post(form, { fields: { 'x-amz-meta-job': 'j2' } })).toMatchObject({
      status: 403,
      message: expect.stringContaining('x-amz-meta-job'),
    });
  });

  it('is refused when the policy does not speak of it', async () => {
    const form = await bucket.presign();
    expect(await post(form, { fields: { 'x-amz-meta-more': 'x' } })).toMatchObject({
      status: 403,
      message: expect.stringContaining('Extra input fields: x-amz-meta-more'),
    });
  });

  it('is refused beyond 2 KB', async () => {
    const form = (bytes: number) => {
      const conditions = [
        { key: 'uploads/meta' },
        { bucket: 'photos' },
        ['starts-with', '$x-amz-meta-a', ''],
        ...LOOSE,
      ];
      const more = { key: 'uploads/meta', 'x-amz-meta-a': 'x'.repeat(bytes - 1) };
      return bucket.signed({ expiration: bucket.inAnHour(), conditions }, more);
    };
    expect((await post(form(2048))).status).toBe(204);
    expect(await post(form(2049))).toMatchObject({ status: 400, code: 'MetadataTooLarge' });
  });
});
