import { z } from 'zod';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { rise } from '../platform/policy-relations.ts';
import { PHOTO_RULES } from './photo-rules.ts';

const Share = z.number().min(0).max(1);

const logScale = (what: string, least: number, most: number) => {
  const Value = z.number().min(least).max(most);
  return z
    .strictObject({
      none: Value.describe(`The ${what} that scores 0.`),
      full: Value.describe(`The ${what} that scores 1; more than \`none\`.`),
    })
    .describe(`The score of the ${what}: log(value / none) / log(full / none), in 0..1.`);
};

const clipped = (which: string) =>
  z
    .strictObject({
      free: Share.describe('The share that costs nothing.'),
      half: Share.describe('The share that halves the score; more than `free`.'),
    })
    .describe(`What pixels too ${which} to show anything cost.`);

const shape = z.strictObject({
  usableQualityRatio: Share.describe('A photo of less quality is not used for a rating, 0..1.'),
  poorPartRatio: Share.describe('A part of the quality below this is named in the notes, 0..1.'),
  laplacianVariance: logScale('variance of the Laplacian where the photo is sharpest', 0.01, 1_000_000),
  comfortableLuma: z
    .strictObject({
      from: z.number().min(0.01).max(0.99).describe('Darker photos score less, linearly down to 0 at black.'),
      to: z.number().min(0.01).max(0.99).describe('Brighter photos score less, linearly down to 0 at white.'),
    })
    .describe('The mean brightness that costs nothing, 0..1.'),
  clippedDark: clipped('dark'),
  clippedBright: clipped('bright'),
  megapixels: logScale('size in millions of pixels', 0.000_1, 1000),
});

const contradictionsIn = (document: z.output<typeof shape>): Contradiction[] => {
  const { comfortableLuma, clippedDark, clippedBright, laplacianVariance, megapixels } = document;
  const ends = (name: string, [low, high]: readonly [string, string], [from, to]: readonly [number, number]) =>
    rise('a value', [
      [[name, low], from],
      [[name, high], to],
    ]);
  return [
    ...ends('laplacianVariance', ['none', 'full'], [laplacianVariance.none, laplacianVariance.full]),
    ...ends('megapixels', ['none', 'full'], [megapixels.none, megapixels.full]),
    ...ends('comfortableLuma', ['from', 'to'], [comfortableLuma.from, comfortableLuma.to]),
    ...ends('clippedDark', ['free', 'half'], [clippedDark.free, clippedDark.half]),
    ...ends('clippedBright', ['free', 'half'], [clippedBright.free, clippedBright.half]),
  ];
};

/** What a photo can be used for. */
export const PHOTOS = definePolicy({
  name: 'photos',
  title: 'Quality of photos',
  summary: 'How the measures of a photo become its quality, and from which quality on it counts for a rating.',
  shape,
  contradictionsIn,
  defaults: PHOTO_RULES,
});
export type PhotoRules = DocumentOf<typeof PHOTOS>;
