import { describe, expect, it } from 'vitest';
import { awaitsPhoto, isComplete, NewPhoto, progressOf, secondsAfter } from '../../../functions/jobs/job.ts';
import { photoIdAt } from '../../../functions/platform/ids.ts';
import { jobOf, NOW } from './jobs.ts';

const expecting = (...indexes: readonly number[]) => ({ expectedPhotoIds: indexes.map(photoIdAt) });

describe('isComplete', () => {
  it('is false while an announced photo is missing', () => expect(isComplete(jobOf(3, [0, 2]))).toBe(false));
  it('is true when every announced photo is done', () => expect(isComplete(jobOf(3, [0, 1, 2]))).toBe(true));
  it('is true when every photo that had arrived is done', () => {
    expect(isComplete(jobOf(3, [0, 2], expecting(0, 2)))).toBe(true);
  });
  it('does not take a late photo for one that is awaited', () => {
    expect(isComplete(jobOf(3, [0, 1], expecting(0, 2)))).toBe(false);
  });
});

describe('progressOf', () => {
  it('waits for uploads at first', () => {
    expect(progressOf(jobOf(3))).toEqual({ donePhotos: 0, totalPhotos: 3, stage: 'uploads' });
  });
  it('counts the photos that are done', () => {
    expect(progressOf(jobOf(3, [1]))).toEqual({ donePhotos: 1, totalPhotos: 3, stage: 'photos' });
  });
  it('counts against the photos that arrived once no more are coming', () => {
    expect(progressOf(jobOf(3, [1], expecting(0, 1)))).toMatchObject({ donePhotos: 1, totalPhotos: 2 });
  });
  it('never counts more photos than are awaited', () => {
    expect(progressOf(jobOf(3, [0, 1, 2], expecting(0, 1)))).toMatchObject({ donePhotos: 2, totalPhotos: 2 });
  });
  it('draws the conclusion when all are done', () => {
    expect(progressOf(jobOf(2, [0, 1])).stage).toBe('conclusion');
  });
  it('is over at the end', () => expect(progressOf(jobOf(2, [0], { status: 'cancelled' })).stage).toBe('ended'));
});

describe('awaitsPhoto', () => {
  it('takes an announced photo', () => expect(awaitsPhoto(jobOf(2), photoIdAt(1))).toBe(true));
  it('takes no photo that was not announced', () => expect(awaitsPhoto(jobOf(2), photoIdAt(2))).toBe(false));
  it('takes no photo that came after the start', () => {
    expect(awaitsPhoto(jobOf(2, [], expecting(0)), photoIdAt(1))).toBe(false);
  });
  it.each(['completed', 'failed', 'cancelled', 'expired'])('takes no photo once it is %s', (status) => {
    expect(awaitsPhoto(jobOf(2, [], { status }), photoIdAt(0))).toBe(false);
  });
});

describe('NewPhoto', () => {
  const photo = { filename: 'a.jpg', contentType: 'image/jpeg', bytes: 1 };

  it('takes any name, because none is part of a path', () => {
    expect(NewPhoto.parse({ ...photo, filename: '../../etc/passwd\0' }).filename).toBe('../../etc/passwd\0');
  });

  it.each([
    { bytes: 0 },
    { bytes: 8 * 1024 * 1024 + 1 },
    { contentType: 'image/gif' },
    { sha256: 'ABCDEF' },
    { filename: '' },
    { filename: 'x'.repeat(256) },
    { subject: 'x'.repeat(61) },
    { path: '/' },
  ])('refuses %j', (more) => expect(NewPhoto.safeParse({ ...photo, ...more }).success).toBe(false));
});

describe('secondsAfter', () => {
  it('is a UTC date', () => expect(secondsAfter(NOW, 90)).toBe('2026-11-22T09:31:30.000Z'));
});
