import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Rating } from '../../../functions/assessments/rating.ts';
import { conclude } from '../by-default.ts';
import { GOLDEN_CASES, GOLDEN_DAY, type GoldenCase } from './golden-cases.ts';

export const GOLDENS_FILE = 'tests/functions/assessments/golden-ratings.json';

/** What the rules of a version make of each case, by its name. */
const Goldens = z.strictObject({ rules: z.string(), ratings: z.record(z.string(), Rating) });
export type Goldens = z.infer<typeof Goldens>;

export const storedGoldens = (): Goldens => Goldens.parse(JSON.parse(readFileSync(GOLDENS_FILE, 'utf8')));

const conclusionOf = ({ asset, photos, words = {} }: GoldenCase) =>
  conclude({ asset, photos: photos.map(({ photoId }) => ({ photoId, subject: words[photoId] })) }, photos, GOLDEN_DAY);

/** What the rules make of each case now. */
export function currentGoldens(): Goldens {
  const concluded = GOLDEN_CASES.map((each) => ({ name: each.name, ...conclusionOf(each) }));
  return {
    rules: concluded[0]?.versions.rules ?? '',
    ratings: Object.fromEntries(concluded.map(({ name, rating }) => [name, rating])),
  };
}

/** A rating of whose reasons only the numbers are left: they may be reworded, not recomputed. */
export const withoutWords = (rating: Rating | undefined): unknown =>
  JSON.parse(JSON.stringify(rating ?? null), (name, value: unknown) =>
    (name === 'reasons' || name === 'missing') && Array.isArray(value) ? value.map(numbersOf) : value,
  );
const numbersOf = (text: unknown): string[] => String(text).match(/\d+(\.\d+)?/g) ?? [];

/** The names of the cases that are rated before and now, but not alike. */
export const changedRatings = (before: Goldens, now: Goldens): string[] =>
  Object.entries(before.ratings)
    .filter(([name]) => now.ratings[name])
    .filter(([name, rating]) => !isDeepStrictEqual(withoutWords(rating), withoutWords(now.ratings[name])))
    .map(([name]) => name);
