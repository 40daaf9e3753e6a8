import { describe, expect, it } from 'vitest';
import type { Rating } from '../../../functions/assessments/rating.ts';
import { GOLDEN_CASES } from './golden-cases.ts';
import { changedRatings, currentGoldens, storedGoldens, withoutWords } from './golden-ratings.ts';

const HOW = 'then write the goldens anew with `npm run goldens` and look at the difference';

describe('golden ratings', () => {
  it('are written for the version of the rules', () => {
    const [stored, current] = [storedGoldens().rules, currentGoldens().rules];

    expect(current, `RULES_VERSION is ${current}, the goldens are of ${stored}: if that is meant, ${HOW}`).toBe(stored);
  });

  it.each(GOLDEN_CASES)('change for $name only with the version of the rules', ({ name }) => {
    const [stored, current] = [storedGoldens(), currentGoldens()];

    expect(
      withoutWords(current.ratings[name]),
      `the rating of ${name} changed: raise RULES_VERSION in functions/assessments/conclude.ts, ${HOW}`,
    ).toEqual(withoutWords(stored.ratings[name]));
  });

  it.each(GOLDEN_CASES)('say for $name why in the same words', ({ name }) => {
    const [stored, current] = [storedGoldens(), currentGoldens()];

    expect(current.ratings[name], `the reasons are reworded: if that is meant, ${HOW}`).toEqual(stored.ratings[name]);
  });

  it('are those of the cases, each under a name of its own', () => {
    expect(Object.keys(storedGoldens().ratings)).toEqual(GOLDEN_CASES.map(({ name }) => name));
  });
});

describe('changedRatings', () => {
  it('names the ratings that differ in more than words; a new case changes none', () => {
    const [one, other] = Object.values(storedGoldens().ratings);
    if (!one || !other) throw new Error('no ratings');
    const reworded: Rating = { scale: 'none', status: 'not_rated', reasons: ['by 2 words'] };
    const before = { rules: '1.0.0', ratings: { same: one, changed: one, words: reworded, numbers: reworded } };
    const words = { ...reworded, reasons: ['in 2 other words'] };
    const numbers = { ...reworded, reasons: ['by 3 words'] };

    expect(
      changedRatings(before, { rules: '1.0.0', ratings: { same: one, changed: other, more: one, words, numbers } }),
    ).toEqual(['changed', 'numbers']);
  });
});
