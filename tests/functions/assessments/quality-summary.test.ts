import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import type {
  FailedPhoto,
  PhotoAssessment,
  Quality,
  RejectedPhoto,
} from '../../../functions/photos/photo-assessment.ts';
import { summariseQuality } from '../by-default.ts';
import { finding, photo, vehicleOf } from './photos.ts';

const summary = (...views: readonly View[]) => summariseQuality(views, views, 'property');

/** A photo with parts of its quality as given. */
const withQuality = (photoId: string, scoreRatio: number, parts: Partial<Quality> = {}): View => {
  const view = photo(photoId, 'kitchen');
  return { ...view, quality: { ...view.quality, scoreRatio, ...parts } };
};
const sharpness = (scoreRatio: number) => ({ sharpness: { scoreRatio, laplacianVariance: 20 } });
const exposure = (scoreRatio: number, meanLuma: number) => ({
  exposure: { scoreRatio, meanLuma, clippedDarkRatio: 0, clippedBrightRatio: 0 },
});
const resolution = (scoreRatio: number, megapixels: number) => ({ resolution: { scoreRatio, megapixels } });
const doubted = (photoId: string, verdict: View['evidence']['verdict']) =>
  photo(photoId, 'kitchen', { evidence: { verdict, summary: 'the file says so', tests: [] } });

describe('summariseQuality', () => {
  it('counts photos by what became of them, and how many of the assessed are usable', () => {
    const rejected: RejectedPhoto = {
      photoId: 'p003',
      status: 'rejected',
      code: 'too_small',
      detail: 'it is 10 x 10 px',
      bytes: 9,
    };
    const failed: FailedPhoto = { photoId: 'p004', status: 'failed', code: 'timed_out', detail: 'it never came' };
    const views = [photo('p001', 'kitchen'), withQuality('p002', 0.19)];
    const photos: PhotoAssessment[] = [...views, rejected, failed, { ...failed, photoId: 'p005' }];

    expect(summariseQuality(photos, views, 'property')).toMatchObject({
      photos: { total: 5, assessed: 2, rejected: 1, failed: 2, usable: 1 },
      notes: [
        'p003 was rejected: it is 10 x 10 px',
        'p004 was failed: it never came',
        'p005 was failed: it never came',
      ],
    });
  });

  it('takes the mean score of the assessed photos, usable or not, and none of none', () => {
    expect(summary(withQuality('p001', 0.9), withQuality('p002', 0.1)).meanScoreRatio).toBeCloseTo(0.5, 10);
    expect(summary()).toEqual({
      photos: { total: 0, assessed: 0, rejected: 0, failed: 0, usable: 0 },
      meanScoreRatio: null,
      duplicates: [],
      doubtful: [],
      tests: [],
      notes: [],
    });
  });

  it.each([
    ['a quality of 0.2', withQuality('p001', 0.2), 1],
    ['a quality below', withQuality('p001', 0.199), 0],
    ['a suspicion', doubted('p001', 'suspicious'), 1],
    ['an undetermined origin', doubted('p001', 'undetermined'), 1],
    ['a generated picture', doubted('p001', 'synthetic'), 0],
  ])('counts a photo of %s among the usable, or not', (_, view, usable) => {
    expect(summary(view).photos.usable).toBe(usable);
  });

  it('names suspicious and generated photos with the reason, and says that a generated one does not count', () => {
    const views = [
      doubted('p001', 'suspicious'),
      doubted('p002', 'synthetic'),
      doubted('p003', 'undetermined'),
      doubted('p004', 'authentic'),
    ];

    expect(summary(...views)).toMatchObject({
      doubtful: [
        { photoId: 'p001', verdict: 'suspicious', reason: 'the file says so' },
        { photoId: 'p002', verdict: 'synthetic', reason: 'the file says so' },
      ],
      notes: [
        'p001 is suspicious: the file says so',
        'p002 is synthetic, and is not used for the rating: the file says so',
      ],
    });
  });

  it.each([
    ['sharp enough', sharpness(0.35), []],
    ['blurred', sharpness(0.34), ['p001 is blurred']],
    ['light enough', exposure(0.35, 0.25), []],
    ['too dark for stains', exposure(0.35, 0.249), ['p001 is too dark to tell stains from shade']],
    ['too dark for anything', exposure(0.34, 0.1), ['p001 is too dark']],
    ['dark', exposure(0.34, 0.49), ['p001 is too dark']],
    ['bright', exposure(0.34, 0.5), ['p001 is too bright']],
    ['large enough', resolution(0.35, 0.05), []],
    ['small', resolution(0.34, 0.047), ['p001 is small (0.05 megapixels)']],
    [
      'everything at once',
      { ...sharpness(0.1), ...exposure(0.1, 0.9), ...resolution(0.1, 0.016) },
      ['p001 is blurred and too bright and small (0.02 megapixels)'],
    ],
  ])('remarks on a photo that is %s', (_, parts, notes) => {
    expect(summary(withQuality('p001', 0.2, parts)).notes).toEqual(notes);
  });

  it('looks for no stains on a vehicle', () => {
    const dark = { ...photo('p001', 'vehicle'), quality: withQuality('p001', 0.2, exposure(0.35, 0.1)).quality };

    expect(summariseQuality([dark], [dark], 'vehicle').notes).toEqual([]);
  });

  it('says which of the weak photos do not count', () => {
    expect(summary(withQuality('p001', 0.19, sharpness(0.1)), withQuality('p002', 0.2, sharpness(0.1))).notes).toEqual([
      'p001 is blurred, and is not used for the rating',
      'p002 is blurred',
    ]);
  });

  it('names copies of a picture', () => {
    const [one, other] = [photo('p001', 'kitchen'), photo('p002', 'kitchen')];
    const copies = [one, other, { ...one, photoId: 'p003' }];

    expect(summary(...copies)).toMatchObject({
      photos: { usable: 2 },
      duplicates: [['p001', 'p003']],
      notes: ['p001, p003 show the same picture and count once'],
    });
  });

  it('says of every copy but the first which picture it shows again', () => {
    const one = photo('p001', 'kitchen');
    const seen = (photoId: string) => ({
      photoId,
      test: 'seen_before',
      outcome: 'warn',
      meaning: 'it shows the same picture as p001',
      where: 'p001',
    });

    expect(summary(one, { ...one, photoId: 'p002' }, photo('p003', 'roof'), { ...one, photoId: 'p004' }).tests).toEqual(
      [seen('p002'), seen('p004')],
    );
  });

  it('names what a photo shows that does not show the asset, with the words of its owner', () => {
    const car = photo('p001', 'vehicle');

    expect(summary(car)).toMatchObject({
      photos: { usable: 0 },
      notes: ['p001 shows a vehicle (90 %), not the property, and is not used for the rating'],
    });
    expect(summary({ ...car, hint: 'Garage' }).notes).toEqual([
      'p001 shows a vehicle (90 %), not the property, and is not used for the rating; it is called "Garage"',
    ]);
    expect(summariseQuality([], [photo('p001', 'kitchen')], 'vehicle').notes).toEqual([
      'p001 shows a kitchen (90 %), not the vehicle, and is not used for the rating',
    ]);
  });

  it('shows both where the owner and the model disagree, and counts the photo as its owner says', () => {
    expect(summary(photo('p001', 'bathroom', { hint: 'Kitchen' }))).toMatchObject({
      photos: { usable: 1 },
      notes: ['p001 shows a bathroom (90 %); it is called "Kitchen", and counts as that'],
    });
  });

  it('shows both where a part of a building is called a vehicle', () => {
    const notes = (label: 'surface' | 'exterior' | 'undetermined', hint: string) =>
      summary(photo('p001', label, { hint })).notes;

    expect(notes('surface', 'left fender')).toEqual([
      'p001 shows a surface (90 %); it is called "left fender", and counts as the property',
    ]);
    expect(notes('exterior', 'Car')).toEqual([
      'p001 shows an exterior (90 %); it is called "Car", and counts as the property',
    ]);
    expect([...notes('surface', 'left door'), ...notes('undetermined', 'left fender')]).toEqual([]);
  });

  it('shows both where a vehicle is called a part of a building', () => {
    const notes = (hint: string) =>
      summariseQuality([], [photo('p001', 'vehicle', { hint, ...vehicleOf('minor') })], 'vehicle').notes;

    expect(notes('Kitchen')).toEqual([
      'p001 shows a vehicle (90 %); it is called "Kitchen", and counts as the vehicle',
    ]);
    expect(summariseQuality([], [photo('p001', 'surface', { hint: 'kitchen wall' })], 'vehicle').notes).toEqual([
      'p001 shows a surface (90 %); it is called "kitchen wall", and counts as the vehicle',
    ]);
    expect(['left door', 'rear', 'car in the garage', 'no. 3'].flatMap(notes)).toEqual([]);
  });

  it('names what was found on photos that do not count', () => {
    const cracked = { findings: [finding(), finding({ kind: 'damp_stain', severity: 'minor' })] };
    const weak = { ...withQuality('p001', 0.19), ...cracked };

    expect(
      summary(weak, { ...doubted('p002', 'synthetic'), ...cracked }, photo('p003', 'kitchen', cracked)).notes,
    ).toEqual(
      expect.arrayContaining([
        'what was found on p001 does not count: moderate crack (80 %), minor damp stain (80 %)',
        'what was found on p002 does not count: moderate crack (80 %), minor damp stain (80 %)',
      ]),
    );
    expect(summary(photo('p003', 'kitchen', cracked)).notes).toEqual([]);
    expect(summary(photo('p004', 'vehicle', vehicleOf('severe'))).notes).toContain(
      'what was found on p004 does not count: severe damage (80 %)',
    );
    expect(summary(photo('p004', 'vehicle', vehicleOf('undamaged'))).notes).toHaveLength(1);
  });
});
