import { describe, expect, it } from 'vitest';
import { MAX_SWEEPS, sweepAction } from '../../../functions/jobs/sweep.ts';
import { photoIdAt } from '../../../functions/platform/ids.ts';
import { jobOf } from './jobs.ts';

const [first, second] = [photoIdAt(0), photoIdAt(1)];

const startedAt = '2026-11-22T09:40:00.000Z';

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
    expect(sweepAction(jobOf(2, [0], { expectedPhotoIds: [first, second], startedAt }), [first, second])).toEqual({
      kind: 'fail_photos',
      photoIds: [second],
    });
  });

  it('makes up for a start that died between its two writes', () => {
    expect(sweepAction(jobOf(3, [0], { expectedPhotoIds: [first, second] }), [])).toEqual({
      kind: 'close_uploads',
      arrived: [first, second],
    });
  });

  it('requests the conclusion of a complete job again', () => {
    expect(sweepAction(jobOf(1, [0]), [first])).toEqual({ kind: 'request_conclusion' });
  });

  it('fails a job whose conclusion was requested often enough', () => {
    expect(sweepAction(jobOf(1, [0], { sweeps: MAX_SWEEPS }), [first])).toEqual({ kind: 'fail' });
  });
});
