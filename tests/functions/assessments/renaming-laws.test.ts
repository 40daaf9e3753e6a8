import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MergedFinding } from '../../../functions/assessments/assessment.ts';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { orientationsOf } from '../../../functions/photos/perceptual-hash.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../functions/photos/photo-assessment.ts';
import { conclude } from '../by-default.ts';
import { finding, photo } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');

/** Places, each with other words for it. */
const SAME_PLACE = [
  ['kitchen', 'Kitchen', 'kitchen wall', 'wall in the kitchen', 'KITCHENS', 'kitchen (photo 2)', 'kitchen, ceiling'],
  ['bedroom 1', 'Bedroom #1', 'first bedroom', '1st bed room', 'bedroom_1', 'wall of bedroom 1', 'bedroom one'],
  ['bedroom 2', 'Bed Room 2', 'second bedroom', 'bedroom-2 window', 'bedroom 02'],
  ['guest bath', 'guest bathroom', 'Guest Bath Room', 'shower, guest bath'],
  ['porch', 'porch ceiling', 'Veranda', 'the porch'],
  ['front', 'street front', 'front elevation', 'front of the house', 'exterior, front'],
  ['shed', 'tool shed', 'shed wall', 'Sheds'],
] as const;

type Shown = { readonly place: number; readonly findings: readonly ReturnType<typeof finding>[] };

const anyFinding = fc
  .record({
    kind: fc.constantFrom(...FINDING_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    confidenceRatio: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })
  .map((rest) => finding(rest));
const someShown: fc.Arbitrary<Shown[]> = fc.array(
  fc.record({ place: fc.nat({ max: SAME_PLACE.length - 1 }), findings: fc.array(anyFinding, { maxLength: 3 }) }),
  { minLength: 1, maxLength: 10 },
);
/** One number for each photo, which picks the words. */
const words = fc.array(fc.nat({ max: 6 }), { minLength: 10, maxLength: 10 });

const photosOf = (shown: readonly Shown[]): View[] =>
  shown.map(({ findings }, index) =>
    photo(`p${String(index + 1).padStart(3, '0')}`, 'surface', { findings: [...findings] }),
  );

const concluded = (photos: readonly View[], hints: readonly string[]) =>
  conclude(
    { asset: { kind: 'property' }, photos: photos.map(({ photoId }, index) => ({ photoId, subject: hints[index] })) },
    photos,
    NOW,
  );

/** What does not depend on the words: components and the owner's own words do. */
const counted = ({ kind, place, side, severity, confidenceRatio, photoIds }: MergedFinding) => ({
  ...{ kind, place, side, severity, confidenceRatio, photoIds },
});
/** A rating without the owner's words in its reasons. */
const figures = (rating: ReturnType<typeof conclude>['rating']): unknown =>
  JSON.parse(JSON.stringify(rating, (name, value) => (name === 'reasons' ? undefined : value)));

describe('the laws of places', () => {
  it('another word for a place changes neither the findings that count nor the rating', () => {
    fc.assert(
      fc.property(someShown, words, words, (shown, one, other) => {
        const photos = photosOf(shown);
        const [before, after] = [one, other].map((picks) =>
          concluded(
            photos,
            shown.map(({ place }, index) => {
              const names = SAME_PLACE[place] ?? [''];
              return names[(picks[index] ?? 0) % names.length] ?? '';
            }),
          ),
        );
        expect(after?.findings.map(counted)).toEqual(before?.findings.map(counted));
        expect(figures(after?.rating ?? { scale: 'none', status: 'not_rated', reasons: [] })).toEqual(
          figures(before?.rating ?? { scale: 'none', status: 'not_rated', reasons: [] }),
        );
      }),
    );
  });

  it('there is one finding for each kind at each place', () => {
    fc.assert(
      fc.property(someShown, (shown) => {
        const hints = shown.map(({ place }) => SAME_PLACE[place]?.[0] ?? '');
        const expected = new Set(
          shown.flatMap(({ place, findings }) => findings.map(({ kind }) => `${kind} ${place}`)),
        );
        expect(concluded(photosOf(shown), hints).findings).toHaveLength(expected.size);
      }),
    );
  });

  it('the order of photos changes nothing but the time', () => {
    fc.assert(
      fc.property(someShown, words, (shown, picks) => {
        const photos = photosOf(shown);
        const hints = shown.map(({ place }, index) => SAME_PLACE[place]?.[(picks[index] ?? 0) % 2] ?? '');
        const inOrder = concluded(photos, hints);
        const reversed = concluded(photos.toReversed(), hints.toReversed());
        expect(reversed.findings).toEqual(inOrder.findings);
        expect(figures(reversed.rating)).toEqual(figures(inOrder.rating));
      }),
    );
  });

  it('copies of a photo, mirrored and turned and under other words, change no finding but its photos', () => {
    fc.assert(
      fc.property(
        someShown,
        fc.nat({ max: 9 }),
        fc.nat({ max: 7 }),
        fc.nat({ max: 6 }),
        (shown, at, orientation, other) => {
          const photos = photosOf(shown);
          const hints = shown.map(({ place }) => SAME_PLACE[place]?.[0] ?? '');
          const copied = photos[at % photos.length];
          if (!copied) throw new Error('no photo');
          const before = concluded(photos, hints);
          const halves = orientationsOf(copied.media.phash ?? '')[orientation] ?? [0, 0];
          const phash = halves.map((half) => half.toString(16).padStart(8, '0')).join('');
          const copy = { ...copied, photoId: 'p099', media: { ...copied.media, phash } };
          const after = concluded([...photos, copy], [...hints, SAME_PLACE[other]?.[0] ?? '']);
          expect(after.quality.duplicates).toEqual([[copied.photoId, 'p099']]);
          expect(after.quality.photos.usable).toBe(before.quality.photos.usable);
          const withoutPhotos = ({ photoIds: _photos, ...rest }: ReturnType<typeof counted>) => rest;
          expect(after.findings.map(counted).map(withoutPhotos)).toEqual(
            before.findings.map(counted).map(withoutPhotos),
          );
          expect(figures(after.rating)).toEqual(figures(before.rating));
        },
      ),
    );
  });

  it('a close-up of nobody knows where makes the whole no worse than both its sides would be', () => {
    fc.assert(
      fc.property(anyFinding, (found) => {
        const house = [photo('p001', 'exterior'), photo('p002', 'kitchen'), photo('p003', 'bathroom')];
        const closeUp = photo('p004', 'surface', { findings: [{ ...found, kind: 'crack' }] });
        const overallOf = (hints: readonly string[]) => {
          const { rating } = concluded([...house, closeUp], ['', '', '', ...hints]);
          if (rating.scale !== 'UAD' || rating.overall.status !== 'rated') throw new Error('not rated');
          return rating.overall;
        };
        const placed = ['kitchen', 'front'].map((hint) => overallOf([hint]));
        const { score, range } = overallOf([]);
        expect(range?.to).toBe(
          placed
            .map((each) => each.range?.to ?? 'C6')
            .toSorted()
            .at(-1),
        );
        expect(score).toBeLessThanOrEqual(Math.min(...placed.map((each) => each.score)) + 0.005);
      }),
    );
  });
});
