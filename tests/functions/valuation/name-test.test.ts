import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeRelevantTo } from '../../../functions/valuation/related-comps.ts';
import { relevanceTo } from '../../../functions/valuation/relevance.ts';
import { RELEVANCE_RULES } from '../../../functions/valuation/relevance-rules.ts';

const NAMES = ['griffey', 'doncic', 'charizard', 'williams', 'trout', 'ken', 'mahomes', 'покемон', 'schwarzenegger'];

/** A word as sellers write it: with one letter changed, added, left out or swapped, in parts, joined to a neighbour, as plural, or not at all. */
function mistyped(word: string, how: number, at: number): string {
  const letters = [...word];
  const place = 1 + (at % (letters.length - 1));
  if (how === 0) letters[place] = 'x';
  if (how === 1) letters.splice(place, 0, 'x');
  if (how === 2) letters.splice(place, 1);
  if (how === 3) letters.splice(place - 1, 2, letters[place] ?? '', letters[place - 1] ?? '');
  if (how === 4) letters.splice(place, 0, ' ');
  if (how === 5) letters.push('s');
  if (how === 6) letters.push('jr');
  if (how === 7) letters.unshift('jr');
  if (how === 8) return '';
  return letters.join('');
}

describe('mayBeRelevantTo', () => {
  it('holds of every title that is relevant, however its words are written', () => {
    const word = fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 10 }), fc.nat(20));
    let relevant = 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean(), (words, isNumbered) => {
        const number = isNumbered ? ' #175' : '';
        const query = `1989 ${words.map(([name]) => name).join(' ')} jr${number}`;
        const title = `1989 ${words.map(([name, how, at]) => mistyped(name, how, at)).join(' ')} jr${number}`;
        for (const kind of ['collectible', 'product'] as const) {
          if (!relevanceTo(query, kind, RELEVANCE_RULES)(title).isRelevant) continue;
          relevant += 1;
          expect(mayBeRelevantTo({ kind, query }, RELEVANCE_RULES)(title), title).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(relevant).toBeGreaterThan(1000);
  });

  it('does not hold of titles that share two letters of a name', () => {
    const shares = mayBeRelevantTo({ kind: 'collectible', query: '1989 griffey charizard #1' }, RELEVANCE_RULES);
    for (const title of ['1989 Greg Bailey #1', '1990 Grant Chase', 'Grand Prix #1 1989'])
      expect(shares(title)).toBe(false);
  });
});
