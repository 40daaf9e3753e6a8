import { describe, expect, it } from 'vitest';
import { relevanceTo } from '../../../functions/valuation/relevance.ts';
import { RELEVANCE_RULES } from '../../../functions/valuation/relevance-rules.ts';
import { type LabelledTitle, labelledTitles } from './titles.ts';

const relevanceOf = ({ query, kind, title }: Omit<LabelledTitle, 'isSame'>) =>
  relevanceTo(query, kind, RELEVANCE_RULES)(title);

const isRelevant = (query: string, title: string): boolean =>
  relevanceOf({ query, title, kind: 'collectible' }).isRelevant;

/** Of the titles that are kept, and of those that should be, the share that is right. */
function scored(titles: readonly LabelledTitle[]) {
  const kept = titles.filter((each) => relevanceOf(each).isRelevant);
  const same = titles.filter(({ isSame }) => isSame);
  const right = kept.filter(({ isSame }) => isSame).length;
  return { titles: titles.length, precisionRatio: right / kept.length, recallRatio: right / same.length };
}

describe('relevanceTo', () => {
  it.each(['confusing', 'unseen'] as const)('tells the %s titles apart', (name) => {
    const score = scored(labelledTitles(name));
    console.log(
      `Relevance of ${score.titles} ${name} titles: precision ${score.precisionRatio}, recall ${score.recallRatio}`,
    );
    expect(score.titles).toBeGreaterThan(150);
    expect(score.precisionRatio).toBeGreaterThanOrEqual(0.97);
    expect(score.recallRatio).toBeGreaterThanOrEqual(0.95);
  });

  it('finds every query most relevant to itself', () => {
    for (const query of new Set(labelledTitles('confusing').map((each) => each.query))) {
      const { kind } = labelledTitles('confusing').find((each) => each.query === query) ?? { kind: 'product' };
      expect(relevanceOf({ query, kind, title: query })).toEqual({ relevanceRatio: 1, isRelevant: true, reasons: [] });
    }
  });

  it('says what differs', () => {
    const { relevanceRatio, reasons } = relevanceOf({
      kind: 'collectible',
      query: '2018 Panini Prizm Luka Doncic #280',
      title: '2018 Panini Prizm Luka Doncic #280 Silver PSA 10',
    });
    expect(reasons).toEqual([
      { rule: 'otherGrade', factorRatio: 0.1, text: 'graded PSA 10; the query names no grade' },
      { rule: 'extraVariant', factorRatio: 0.2, text: 'also "silver"' },
    ]);
    expect(relevanceRatio).toBeCloseTo(0.02, 9);
  });

  it('excludes by words, and not by letters within them', () => {
    const query = '1989 Upper Deck Ken Griffey Jr #1';
    const innocent = [
      'sharp',
      'Xbox era find',
      'fingerprint free',
      'printed nicely',
      'customers first',
      'Camelot find',
    ];
    expect(innocent.map((words) => isRelevant(query, `${query} ${words}`))).toEqual(innocent.map(() => true));
    const guilty = ['RP', 'box', 'art print', 'custom', 'lot', 'reprint', 'x3', '(4)'];
    expect(guilty.map((words) => isRelevant(query, `${query} ${words}`))).toEqual(guilty.map(() => false));
  });

  it('takes a hope for no grade', () => {
    const query = '1989 Upper Deck Ken Griffey Jr #1';
    const hopes = [
      'PSA 10?',
      'PSA 10 candidate',
      'possible PSA 9',
      'looks like a PSA 10',
      'PSA ready',
      'raw, PSA 9 worthy',
    ];
    expect(hopes.map((hope) => isRelevant(query, `${query} ${hope}`))).toEqual(hopes.map(() => true));
    expect(hopes.map((hope) => isRelevant(`${query} PSA 10`, `${query} ${hope}`))).toEqual(hopes.map(() => false));
  });

  it('reads one title in any case, order of words, accents and punctuation', () => {
    const query = '2018 Panini Prizm Luka Doncic #280 Silver PSA 10';
    const same = [
      'PSA 10 *SILVER* 2018-19 PANINI PRIZM - LUKA DONČIĆ - #280',
      'luka doncic silver prizm rc no. 280 2018/19 panini (psa 10)',
      '2018 Prizm Silver Luka Dončić #280 PSA GEM MT 10 🔥🔥',
    ];
    expect(same.map((title) => isRelevant(query, title))).toEqual([true, true, true]);
  });

  it('answers titles of any characters', () => {
    const hostile = [
      '',
      ' ',
      '🔥',
      '((((((((',
      '#/#/#/',
      '\u0000\uffff',
      'a'.repeat(300),
      '9'.repeat(300),
      '$&$1\\b',
      "'''",
    ];
    for (const title of hostile) {
      expect(isRelevant('2018 Panini Prizm Luka Doncic #280', title)).toBe(false);
      expect(relevanceOf({ kind: 'product', query: title, title: 'Canon EOS R5' }).relevanceRatio).toBeLessThanOrEqual(
        1,
      );
    }
  });
});
