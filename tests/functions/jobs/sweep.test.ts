import { describe, expect, it } from 'vitest';
import { MOST_SWEEPS, sweepAction } from '../../../functions/jobs/sweep.ts';
import { photoIdAt } from '../../../functions/platform/ids.ts';
import { jobOf } from './jobs.ts';

const [first, second] = [photoIdAt(0), photoIdAt(1)];

describe('sweepAction', () => {
  it('expires a job to which no photo came', () => expect(sweepAction(jobOf(2), [])).toEqual({ kind: 'expire' }));

  it('goes on with the photos that came', () => {
    expect(sweepAction(jobOf(2), [second])).toEqual({ kind: 'close_uploads', arrived: [second] });
  });

  it('goes on with photos that were assessed, even if they are gone from the bucket', () => {
    expect(sweepAction(jobOf(3, [0]), [second])).toEqual({ kind: 'close_uploads', arrived: [first, second] });
  });

  it('ignores objects that were not announced', () => {
    expect(sweepAction(jobOf(1), [second])).toEqual({ kind: 'expire' });
  });

  it('fails photos that came and were never assessed', () => {
    expect(sweepAction(jobOf(2, [0], { expectedPhotoIds: [first, second] }), [first, second])).toEqual({
      kind: 'fail_photos',
      photoIds: [second],
    });
  });

  it('passes a job on again that nobody concluded', () => {
    expect(sweepAction(jobOf(1, [0]), [first])).toEqual({ kind: 'pass_on' });
  });

  it('fails a job that was passed on often enough', () => {
    expect(sweepAction(jobOf(1, [0], { sweeps: MOST_SWEEPS }), [first])).toEqual({ kind: 'fail' });
  });
});
