import { describe, expect, it } from 'vitest';
import { NewJob } from '../../../functions/jobs/jobs-contract.ts';
import { beginJob } from '../../../functions/jobs/new-job.ts';
import { JobRef } from '../../../functions/platform/ids.ts';
import { NOW } from './jobs.ts';

const ref = JobRef.parse({ workspaceId: 'acme', jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D' });
const photo = { filename: 'a.jpg', contentType: 'image/jpeg', bytes: 1 };
const begin = (asked: object = {}) =>
  beginJob(ref, NewJob.parse({ asset: { kind: 'property' }, photos: [photo, photo], ...asked }), NOW);

describe('beginJob', () => {
  it('numbers the photos', () => expect(begin().photos.map(({ photoId }) => photoId)).toEqual(['p001', 'p002']));
  it('waits for photos', () => expect(begin().status).toBe('awaiting_photos'));
  it('gives photos an hour', () => expect(begin().expiresAt).toBe('2026-11-22T10:30:00.000Z'));
  it('shortens the time for uploads by the options of the job', () => {
    expect(begin({ options: { uploadSeconds: 60 } }).expiresAt).toBe('2026-11-22T09:31:00.000Z');
  });
  it('has the sweep look after it once uploads that began in time have had time to end', () => {
    expect(begin().deadlineAt).toBe('2026-11-22T10:31:00.000Z');
  });
  it('refuses facts that cannot be true today', () => {
    expect(() => begin({ asset: { kind: 'property', yearBuilt: 2050 } })).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        violations: [expect.objectContaining({ path: 'body.asset.yearBuilt', expected: 'at most 2027' })],
      }),
    );
  });
});

describe('NewJob', () => {
  it.each([
    { photos: [] },
    { photos: Array(101).fill(photo) },
    { photos: undefined },
    { more: 1 },
    { options: { speed: 1 } },
  ])('refuses %j', (more) => {
    expect(NewJob.safeParse({ asset: { kind: 'property' }, photos: [photo], ...more }).success).toBe(false);
  });
});
