import { describe, expect, it } from 'vitest';
import { pictureKey } from '../../../functions/jobs/picture.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { PhotoRef } from '../../../functions/platform/ids.ts';
import { assessedPhoto } from './assessed-photo.ts';
import { jobOf } from './jobs.ts';

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

describe('pictureKey', () => {
  it('is the display copy of an assessed photo', () => {
    expect(pictureKey(jobOf(1, [0]), photo, assessedPhoto([]), 'display')).toMatch(/p001\/display\.jpg$/);
  });
  it('is the overlay where something was found', () => {
    expect(pictureKey(jobOf(1, [0]), photo, assessedPhoto([finding]), 'overlay')).toMatch(/p001\/overlay\.jpg$/);
  });
  it('is the display copy for an overlay without findings', () => {
    expect(pictureKey(jobOf(1, [0]), photo, assessedPhoto([]), 'overlay')).toMatch(/p001\/display\.jpg$/);
  });
  it('does not exist without the job', () => {
    expect(() => pictureKey(undefined, photo, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('does not exist for a photo that was not announced', () => {
    const other = PhotoRef.parse({ ...photo, photoId: 'p002' });
    expect(() => pictureKey(jobOf(1), other, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('is not ready while the photo is awaited', () => {
    expect(() => pictureKey(jobOf(1), photo, undefined, 'display')).toThrow(refused('photo_not_ready'));
  });
  it('will never be when the job went on without the photo', () => {
    const ended = jobOf(1, [], { status: 'expired' });
    expect(() => pictureKey(ended, photo, undefined, 'display')).toThrow(refused('not_found'));
  });
  it('does not exist for a photo that could not be read', () => {
    expect(() => pictureKey(jobOf(1, [0]), photo, rejected, 'display')).toThrow(refused('photo_not_readable'));
  });
});
