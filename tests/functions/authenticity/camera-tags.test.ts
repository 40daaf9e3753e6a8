import { describe, expect, it } from 'vitest';
import { testCamera } from '../../../functions/authenticity/camera-tags.ts';
import type { ExifTags } from '../../../functions/authenticity/exif.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const CAMERA: ExifTags = { make: 'Canon', model: 'Canon EOS 80D', takenAt: '2026:05:01 12:00:00', hasExposure: true };
const said = (rest: Partial<ExifTags> = {}) => testCamera({ ...CAMERA, ...rest }, NOW);

describe('testCamera', () => {
  it('passes complete and consistent tags, and says that they prove nothing', () => {
    expect(said({ modifiedAt: '2026:05:01 12:00:00' })).toEqual({
      test: 'camera_and_times',
      outcome: 'pass',
      meaning: 'camera tags: Canon EOS 80D, taken 2026-05-01 12:00:00; anyone can write them',
      where: 'EXIF',
    });
  });

  it('puts the maker before a model that does not name it', () => {
    expect(said({ make: 'Apple', model: 'iPhone 16 Pro' }).meaning).toContain('camera tags: Apple iPhone 16 Pro,');
  });

  it.each([
    ['later than any clock of today', { takenAt: '2026:11:29 14:00:01' }, 'fail'],
    ['today, in the last zone of the earth', { takenAt: '2026:11:29 14:00:00' }, 'pass'],
    ['by a camera of another maker', { make: 'Apple' }, 'fail'],
    ['by a camera sold under two names', { make: 'RICOH IMAGING COMPANY, LTD.', model: 'PENTAX K-3' }, 'pass'],
    ['by Nikon', { make: 'NIKON CORPORATION', model: 'NIKON D850' }, 'pass'],
    ['after its file was modified', { modifiedAt: '2026:04:30 09:59:59' }, 'warn'],
    ['in another zone than its file was modified in', { modifiedAt: '2026:04:30 10:00:00' }, 'pass'],
    ['at an hour that does not exist', { takenAt: '2026:05:01 33:00:00' }, 'warn'],
    ['with a clock never set', { takenAt: '0000:00:00 00:00:00' }, 'warn'],
    ['without exposure', { hasExposure: false }, 'warn'],
  ] as const)('tells a photo taken %s', (_, rest, outcome) => {
    expect(said(rest).outcome).toBe(outcome);
  });

  it('says which dates contradict each other', () => {
    expect(said({ takenAt: '2031:01:01 00:00:00' }).meaning).toBe(
      'the tags say that it was taken 2031-01-01 00:00:00, after its assessment (2026-11-28 12:00:00 UTC)',
    );
    expect(said({ modifiedAt: '2020:01:01 00:00:00' }).meaning).toBe(
      'the file was modified (2020-01-01 00:00:00) before the photo was taken (2026-05-01 12:00:00)',
    );
  });

  it('says what is missing', () => {
    expect(testCamera({ model: 'X100', hasExposure: false }, NOW).meaning).toBe(
      'the camera tags lack the exposure time and the date',
    );
  });

  it('has nothing to test in a file without tags', () => {
    expect(testCamera({ hasExposure: false }, NOW)).toEqual({
      test: 'camera_and_times',
      outcome: 'not_applicable',
      meaning: 'no camera tags, which many programs remove',
    });
  });

  it('bounds names that are shown', () => {
    expect(said({ make: 'x'.repeat(200), model: 'Canon \u202e80D' }).meaning).toBe(
      `the tags name the maker ${'x'.repeat(60)}… and the model Canon 80D of another`,
    );
  });
});
