import { describe, expect, it } from 'vitest';
import { refuseEnded, startingPhotos } from '../../../functions/jobs/start-job.ts';
import { RequestError } from '../../../functions/platform/errors.ts';
import { photoIdAt } from '../../../functions/platform/ids.ts';
import { jobOf } from './jobs.ts';

describe('startingPhotos', () => {
  it('are those that arrived, in order', () => {
    expect(startingPhotos(jobOf(3), [photoIdAt(2), photoIdAt(0)])).toEqual(['p001', 'p003']);
  });
  it('include those that are done already', () => {
    expect(startingPhotos(jobOf(3, [1]), [photoIdAt(0)])).toEqual(['p001', 'p002']);
  });
  it('are at least one', () => expect(() => startingPhotos(jobOf(3), [])).toThrow(RequestError));
});

describe('refuseEnded', () => {
  it('accepts open jobs', () => expect(() => refuseEnded(jobOf(1))).not.toThrow());
  it('says what became of the job', () => {
    expect(() => refuseEnded(jobOf(1, [], { status: 'expired' }))).toThrow('it is expired');
  });
});
