import { describe, expect, it } from 'vitest';
import { copiesAmong, usableViews, type View, viewsOf } from '../../../functions/assessments/photo-views.ts';
import { photo } from './photos.ts';

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
