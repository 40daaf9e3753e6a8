import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchWords } from '../../../functions/valuation/search-words.ts';

describe('searchWords', () => {
  it.each([
    ['  2018 Luka DONČIĆ  Prizm #280 ', '2018 luka doncic prizm #280'],
    ['Griffey (rookie, card) -reprint', 'griffey rookie card reprint'],
    ['"PSA 10"? *', 'psa 10'],
    ['spider-man 1.5', 'spider-man 1.5'],
  ])('%s is searched as %s', (query, words) => {
    expect(searchWords(query)).toBe(words);
  });

  it('cuts a long query after a whole word', () => {
    const query = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const words = searchWords(query);
    expect(words.length).toBeLessThanOrEqual(100);
    expect(query.startsWith(`${words} `)).toBe(true);
    expect(searchWords('x'.repeat(300))).toBe('x'.repeat(100));
  });

  it('sends no sign that means "or", "not" or "any" to a marketplace, and is the same of its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
        const words = searchWords(query);
        expect(words).not.toMatch(/[()*,"?]|(^| )[-+]/);
        expect(words.length).toBeLessThanOrEqual(100);
        expect(searchWords(words)).toBe(words);
      }),
      { numRuns: 50 },
    );
  });
});
