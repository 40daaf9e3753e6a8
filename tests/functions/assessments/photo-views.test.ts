import { describe, expect, it } from 'vitest';
import { asOnePlace, copiesAmong, showsAsset, type View, viewsOf } from '../../../functions/assessments/photo-views.ts';
import { SUBJECTS } from '../../../functions/photos/photo-assessment.ts';
import { examinedOn, usableViews } from '../by-default.ts';
import { finding, photo, vehicleOf } from './photos.ts';

const idsOf = (views: readonly View[]): string[] => views.map(({ photoId }) => photoId);
const withScore = (view: View, photoId: string, scoreRatio: number): View => ({
  ...view,
  photoId,
  quality: { ...view.quality, scoreRatio },
});

describe('viewsOf', () => {
  it('gives the assessed photos in their order, with the words of their owner where there are any', () => {
    const photos = [
      photo('p002', 'kitchen'),
      { photoId: 'p003', status: 'failed', code: 'timed_out', detail: '' } as const,
      photo('p001', 'roof'),
    ];

    expect(viewsOf(photos, new Map([['p001', 'Roof, north']])).map((view) => [view.photoId, view.hint])).toEqual([
      ['p002', undefined],
      ['p001', 'Roof, north'],
    ]);
  });
});

describe('usableViews', () => {
  const picture = photo('p001', 'kitchen');

  it('takes of copies the best, whatever the order', () => {
    const [good, fair] = [withScore(picture, 'good', 0.9), withScore(picture, 'fair', 0.6)];

    expect(idsOf(usableViews([good, fair]))).toEqual(['good']);
    expect(idsOf(usableViews([fair, good]))).toEqual(['good']);
  });

  it('takes of equally good copies the first', () => {
    const copies = ['one', 'two', 'three'].map((photoId) => withScore(picture, photoId, 0.6));

    expect(idsOf(usableViews(copies))).toEqual(['one']);
  });

  it('keeps a copy whose better twin is generated', () => {
    const generated = {
      ...withScore(picture, 'generated', 0.9),
      evidence: { verdict: 'synthetic' as const, summary: 'generated', tests: [] },
    };

    expect(idsOf(usableViews([generated, withScore(picture, 'real', 0.6)]))).toEqual(['real']);
  });

  it('keeps every picture of its own', () => {
    expect(idsOf(usableViews([picture, photo('p002', 'kitchen'), photo('p003', 'roof')]))).toEqual([
      'p001',
      'p002',
      'p003',
    ]);
  });
});

describe('copiesAmong', () => {
  it('names groups of two and more', () => {
    const picture = photo('p001', 'kitchen');

    expect(copiesAmong([picture, photo('p002', 'roof'), { ...picture, photoId: 'p003' }])).toEqual([['p001', 'p003']]);
    expect(copiesAmong([picture])).toEqual([]);
  });
});

describe('asOnePlace', () => {
  const hintsOf = (label: View['subject']['label'], ...hints: (string | undefined)[]) => {
    const picture = photo('p000', label);
    const copies = hints.map((hint, index) => ({
      ...picture,
      ...(hint !== undefined && { hint }),
      photoId: `p00${index}`,
    }));
    return asOnePlace(copies).map(({ hint }) => hint);
  };

  it.each([
    ['surface', ['photo 3', 'kitchen ceiling'], 'kitchen ceiling'],
    ['surface', [undefined, 'IMG 2041', 'roof'], 'roof'],
    ['surface', ['wall', 'kitchen ceiling'], 'kitchen ceiling'],
    ['surface', ['inside', 'kitchen'], 'kitchen'],
    ['surface', ['photo 3', 'wall'], 'wall'],
    ['surface', ['photo 3', 'granny flat'], 'granny flat'],
    ['surface', ['front', 'kitchen'], 'front'],
    ['surface', ['bedroom', 'kitchen'], 'bedroom'],
    ['surface', ['photo 3', 'photo 4'], 'photo 3'],
    ['surface', ['photo 3', undefined], 'photo 3'],
    ['surface', [undefined, undefined], undefined],
    ['vehicle', ['photo 3', 'front bumper'], 'front bumper'],
    ['vehicle', ['front', 'front bumper'], 'front bumper'],
    ['vehicle', ['dent', 'rear'], 'rear'],
  ] as const)('gives copies of a %s called %j the words %j', (label, hints, telling) => {
    expect(hintsOf(label, ...hints)).toEqual(hints.map(() => telling));
  });

  it('leaves the words of a picture of its own', () => {
    const views = [photo('p001', 'kitchen', { hint: 'photo 3' }), photo('p002', 'kitchen', { hint: 'kitchen' })];

    expect(asOnePlace(views)).toEqual(views);
  });
});

describe('showsAsset', () => {
  const hinted = (label: View['subject']['label'], hint?: string) => photo('p001', label, hint ? { hint } : {});
  const shown = (kind: Parameters<typeof showsAsset>[0]) => SUBJECTS.filter((label) => showsAsset(kind, hinted(label)));

  it('takes for a photo of a house what shows a part of one', () => {
    expect(shown('property')).toEqual(['kitchen', 'bathroom', 'bedroom', 'living_room', 'exterior', 'roof', 'surface']);
  });

  it('takes for a photo of a vehicle what shows one, or may be a close-up', () => {
    expect(shown('vehicle')).toEqual(['surface', 'vehicle', 'product', 'other']);
  });

  it.each(['product', 'collectible'] as const)('takes anything for a photo of a %s', (kind) => {
    expect(shown(kind)).toEqual(SUBJECTS);
  });

  it.each(['property', 'vehicle'] as const)('excludes no photo from a %s of which the model is not sure', (kind) => {
    expect(showsAsset(kind, hinted('undetermined'))).toBe(true);
  });

  it('takes the word of the owner for what the model cannot name, not for what it can', () => {
    const words = ['Kitchen ceiling', 'Rear', 'cracked wall', 'a painting', 'rear bumper'];

    expect(words.map((hint) => showsAsset('property', hinted('other', hint)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(words.some((hint) => showsAsset('property', hinted('vehicle', hint)))).toBe(false);
    expect(words.some((hint) => showsAsset('vehicle', hinted('kitchen', hint)))).toBe(false);
  });

  it.each([
    ['property', 'building', 'cracked wall'],
    ['vehicle', 'vehicle', 'left door'],
  ] as const)('does not count exactly what `examined` calls another thing than its words (%s)', (kind, named, hint) => {
    const damage = kind === 'property' ? { findings: [finding()] } : vehicleOf('minor');
    const question = kind === 'property' ? 'crack' : 'vehicle_severity';
    const asked = { surfaceKinds: new Map([['crack', false]]), abstained: new Set<never>() };
    for (const label of [...SUBJECTS, 'undetermined'] as const) {
      const view = photo('p001', label, { hint, ...damage });
      const answer = examinedOn({ ...view, assetKind: kind, named }, asked).find((each) => each.question === question);
      expect([label, answer?.outcome, answer?.why === undefined]).toEqual([label, 'found', showsAsset(kind, view)]);
    }
  });
});
