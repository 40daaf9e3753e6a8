import { describe, expect, it } from 'vitest';
import { Conclusion } from '../../../functions/assessments/assessment.ts';
import type { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { conclude } from '../by-default.ts';
import { finding, house, photo, vehicleOf } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const ANNOUNCED = ['p001', 'p002', 'p003', 'p004', 'p005'].map((photoId) => ({ photoId }));
const concluded = (photos: readonly PhotoAssessment[], kind: 'property' | 'vehicle' | 'product' = 'property') =>
  Conclusion.parse(conclude({ asset: { kind }, photos: ANNOUNCED }, photos, NOW));

describe('conclude', () => {
  it('says when, by which rules and models', () => {
    expect(concluded(house())).toMatchObject({
      createdAt: '2026-11-22T00:00:00.000Z',
      versions: { rules: expect.stringMatching(/^\d+\.\d+\.\d+$/), models: { subject: '1.0.0' } },
    });
  });

  it('counts copies of a picture once and names them', () => {
    const [first, ...rest] = house();
    if (!first) throw new Error('no photo');
    const { quality, rating } = concluded([first, ...rest, { ...first, photoId: 'p005' }]);

    expect(quality).toMatchObject({ photos: { total: 5, usable: 4 }, duplicates: [['p001', 'p005']] });
    expect(quality.tests).toEqual([
      {
        photoId: 'p005',
        test: 'seen_before',
        outcome: 'warn',
        meaning: 'it shows the same picture as p001',
        where: 'p001',
      },
    ]);
    expect(quality.notes).toEqual(['p001, p005 show the same picture and count once']);
    expect(rating).toMatchObject({ exterior: { reasons: expect.arrayContaining(['1 usable photo of exterior']) } });
  });

  it('reports why photos were not assessed', () => {
    const rejected: PhotoAssessment = {
      photoId: 'p002',
      status: 'rejected',
      code: 'corrupt',
      detail: 'the jpeg is damaged',
      bytes: 10,
    };

    expect(concluded([rejected])).toMatchObject({
      quality: {
        photos: { total: 1, assessed: 0, rejected: 1, failed: 0, usable: 0 },
        meanScoreRatio: null,
        notes: ['p002 was rejected: the jpeg is damaged'],
      },
      rating: { overall: { status: 'undetermined' } },
    });
  });

  it('rests no rating on a generated photo', () => {
    const generated = { verdict: 'synthetic' as const, summary: 'the file says so', tests: [] };
    const fake = photo('p005', 'kitchen', { findings: [finding({ severity: 'severe' })], evidence: generated });

    expect(concluded([...house(), fake]).rating).toEqual(concluded(house()).rating);
    expect(concluded([...house(), fake]).quality).toMatchObject({
      doubtful: [{ photoId: 'p005', verdict: 'synthetic', reason: 'the file says so' }],
      notes: [
        'p005 is synthetic, and is not used for the rating: the file says so',
        'what was found on p005 does not count: severe crack (80 %)',
      ],
    });
  });

  it('rates no product, and says why', () => {
    expect(concluded([photo('p001', 'product')], 'product').rating).toEqual({
      scale: 'none',
      status: 'not_rated',
      reasons: ['condition not examined: no model judges the condition of a product yet'],
    });
  });

  it('says which photos are weak', () => {
    const dark = photo('p001', 'kitchen');
    const weak = {
      ...dark,
      quality: {
        ...dark.quality,
        scoreRatio: 0.1,
        exposure: { ...dark.quality.exposure, scoreRatio: 0.05, meanLuma: 0.02 },
      },
    };

    expect(concluded([weak]).quality.notes).toEqual(['p001 is too dark, and is not used for the rating']);
  });

  describe('what does not count for the rating', () => {
    const damaged = { findings: [finding({ severity: 'severe' })] };
    const thumbnail = () => {
      const view = photo('p005', 'kitchen', damaged);
      return { ...view, quality: { ...view.quality, scoreRatio: 0 } };
    };
    const generated = { verdict: 'synthetic' as const, summary: 'the file says so', tests: [] };

    it.each([
      ['of a thumbnail', thumbnail()],
      ['of a generated photo', photo('p005', 'kitchen', { ...damaged, evidence: generated })],
      ['of a painting', photo('p005', 'other', damaged)],
      ['of a car before the house', photo('p005', 'vehicle', { ...damaged, ...vehicleOf('severe') })],
      ['of a document', photo('p005', 'document', damaged)],
    ])('is no finding of the asset: %s', (_, view) => {
      const [without, withIt] = [concluded(house()), concluded([...house(), view])];

      expect(withIt.findings).toEqual([]);
      expect(withIt.rating).toEqual(without.rating);
      expect(withIt.examined).toEqual(without.examined);
      expect(withIt.quality.notes.join()).toContain('p005');
    });

    it('is no room of a vehicle, nor anything found in it', () => {
      const cars = ['p001', 'p002', 'p003'].map((photoId) => photo(photoId, 'vehicle', vehicleOf('minor')));
      const [without, withIt] = [
        concluded(cars, 'vehicle'),
        concluded([...cars, photo('p005', 'kitchen', damaged)], 'vehicle'),
      ];

      expect([withIt.findings, withIt.rating]).toEqual([without.findings, without.rating]);
      expect(withIt.findings.every(({ kind }) => kind === 'vehicle_damage')).toBe(true);
    });

    it('moves no rating by the words of its owner either', () => {
      const car = photo('p002', 'vehicle');
      const announced = [{ photoId: 'p001' }, { photoId: 'p002', subject: 'Kitchen' }];
      const { rating } = conclude(
        { asset: { kind: 'property' }, photos: announced },
        [photo('p001', 'bathroom'), car],
        NOW,
      );

      expect(rating).toMatchObject({ interior: { status: 'undetermined' } });
    });

    it('leaves the findings of a close-up whose subject is undetermined', () => {
      expect(concluded([...house(), photo('p005', 'undetermined', damaged)]).findings).toHaveLength(1);
    });

    it('finds nothing on a product', () => {
      const { findings, examined } = concluded([photo('p001', 'kitchen', damaged)], 'product');

      expect(findings).toEqual([]);
      expect(examined.summary).toEqual(['condition not examined: no model judges the condition of a product']);
    });
  });
});
