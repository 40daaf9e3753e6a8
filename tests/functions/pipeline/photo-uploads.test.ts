import { describe, expect, it } from 'vitest';
import { PhotoUploads } from '../../../functions/pipeline/photo-uploads.ts';

const JOB = '01JD3Z8Q5N7V9W2X4Y6Z8A0B1C';
const notification = (...keys: string[]) => ({
  Records: keys.map((key) => ({
    eventName: 'ObjectCreated:Post',
    s3: { bucket: { name: 'media' }, object: { key, size: 10, eTag: 'abc' } },
  })),
});
const PHOTO = { workspaceId: 'acme', jobId: JOB, photoId: 'p001', etag: 'abc' };

describe('PhotoUploads', () => {
  it('reads whose photo arrived from its key', () => {
    expect(PhotoUploads.parse(notification(`uploads/acme/${JOB}/p001`))).toEqual([PHOTO]);
  });

  it('reads which version of its object it is', () => {
    const [record] = notification(`uploads/acme/${JOB}/p001`).Records;
    const versioned = { ...record, s3: { ...record?.s3, object: { ...record?.s3.object, versionId: 'v1' } } };
    expect(PhotoUploads.parse({ Records: [versioned] })).toEqual([{ ...PHOTO, versionId: 'v1' }]);
  });

  it('takes every record of a notification', () => {
    expect(PhotoUploads.parse(notification(`uploads/acme/${JOB}/p001`, `uploads/acme/${JOB}/p002`))).toHaveLength(2);
  });

  it('understands encoded slashes', () => {
    expect(PhotoUploads.parse(notification(`uploads%2Facme%2F${JOB}%2Fp001`))).toEqual([PHOTO]);
  });

  it.each([
    ['a derived picture', `derived/acme/${JOB}/p001/display.jpg`],
    ['a path trick', `uploads/acme/${JOB}/../p001`],
    ['a photo beyond the job', `uploads/acme/${JOB}/p101`],
    ['a broken escape', 'uploads/%E0%A4%A'],
  ])('takes %s for none of ours', (_, key) => {
    expect(PhotoUploads.parse(notification(key))).toEqual([]);
  });

  it('takes the test message that S3 sends at set-up for no photo', () => {
    expect(PhotoUploads.parse({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'media' })).toEqual([]);
  });

  it('refuses another message', () => {
    expect(PhotoUploads.safeParse({ jobId: JOB }).success).toBe(false);
  });
});
