import { describe, expect, it } from 'vitest';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { pictureOf } from '../../../functions/pipeline/picture.ts';
import { PhotoRef } from '../../../functions/platform/ids.ts';
import { assessedPhoto } from '../jobs/assessed-photo.ts';
import { jobOf } from '../jobs/jobs.ts';

const photo = PhotoRef.parse({ workspaceId: 'acme', jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D', photoId: 'p001' });
const refused = (code: string) => expect.objectContaining({ code });

const finding = {
  kind: 'crack',
  severity: 'minor',
  confidenceRatio: 0.8,
  areaRatio: 0.1,
  box: { x: 0, y: 0, width: 0.5, height: 0.5 },
  experimental: false,
};

const rejected = PhotoAssessment.parse({ photoId: 'p001', status: 'rejected', code: 'corrupt', detail: '', bytes: 1 });

describe('pictureOf', () => {
  it('is the display copy of an assessed photo', () => {
    expect(pictureOf(jobOf(1, [0]), photo, assessedPhoto([]), 'display')).toMatchObject({
      kind: 'display',
      key: expect.stringMatching(/p001\/display\.jpg$/),
    });
  });
  it('is the overlay where something was found', () => {
    expect(pictureOf(jobOf(1, [0]), photo, assessedPhoto([finding]), 'overlay')).toMatchObject({
      kind: 'overlay',
      key: expect.stringMatching(/p001\/overlay\.jpg$/),
    });
  });
  it('is the overlay of a damaged vehicle, and the display copy of a sound or doubtful one', () => {
    const kindOf = (severity: 'minor' | 'undamaged' | 'undetermined') => {
      const assessed = assessedPhoto([]);
      const vehicle = { severity, confidenceRatio: 0.8, experimental: false, parts: [] };
      return pictureOf(jobOf(1, [0]), photo, { ...assessed, vehicle } as PhotoAssessment, 'overlay').kind;
    };

    expect((['minor', 'undamaged', 'undetermined'] as const).map(kindOf)).toEqual(['overlay', 'display', 'display']);
  });
  it('is the display copy for an overlay without findings, and says why', () => {
    expect(pictureOf(jobOf(1, [0]), photo, assessedPhoto([]), 'overlay')).toMatchObject({
      kind: 'display',
      why: 'Nothing was found on the photo that can be drawn.',
    });
    expect(pictureOf(jobOf(1, [0]), photo, assessedPhoto([]), 'display')).not.toHaveProperty('why');
  });
  it('does not exist without the job', () => {
    expect(() => pictureOf(undefined, photo, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('does not exist for a photo that was not announced', () => {
    const other = PhotoRef.parse({ ...photo, photoId: 'p002' });
    expect(() => pictureOf(jobOf(1), other, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('is not ready while the photo is awaited', () => {
    expect(() => pictureOf(jobOf(1), photo, undefined, 'display')).toThrow(refused('photo_not_ready'));
  });
  it('is not ready while the assessment is stored and not counted', () => {
    expect(() => pictureOf(jobOf(1), photo, assessedPhoto([]), 'display')).toThrow(refused('photo_not_ready'));
  });
  it('will never be when the job went on without the photo', () => {
    const ended = jobOf(1, [], { status: 'expired' });
    expect(() => pictureOf(ended, photo, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('does not exist for a photo that could not be read', () => {
    expect(() => pictureOf(jobOf(1, [0]), photo, rejected, 'display')).toThrow(refused('photo_not_readable'));
  });
});
