import { describe, expect, it } from 'vitest';
import { titleDigestOf } from '../../../functions/valuation/comp-rows.ts';
import { refuseEmptyQuery, relatedComps } from '../../../functions/valuation/related-comps.ts';
import { relevanceTo } from '../../../functions/valuation/relevance.ts';
import { RELEVANCE_RULES } from '../../../functions/valuation/relevance-rules.ts';
import { plainText, wordsOf } from '../../../functions/valuation/title-text.ts';
import { questionIdOf } from '../../../functions/valuation/valuation-policies.ts';
import { comp } from './comps.ts';

const wordsIn = (title: string): string[] => wordsOf(plainText(title));

const isRelevant = (query: string, title: string): boolean =>
  relevanceTo(query, 'collectible', RELEVANCE_RULES)(title).isRelevant;

const isRelated = (query: string, title: string): boolean => {
  const { compId, ...rest } = comp(100, { title });
  const stored = { compId, comp: rest, state: 'counted', addedAt: '2026-11-29T00:00:00Z' } as never;
  return relatedComps({ kind: 'collectible', query }, [stored], RELEVANCE_RULES).length > 0;
};

describe('titles in other scripts', () => {
  it('have words: one for each letter where no spaces are written', () => {
    expect(wordsIn('Покемон Чаризард 1999')).toEqual(['покемон', 'чаризард', '1999']);
    expect(wordsIn('リザードン 旧裏')).toEqual(['リ', 'ザー', 'ド', 'ン', '旧', '裏']);
    expect(wordsIn('ﾘｻﾞｰﾄﾞﾝ')).toEqual(wordsIn('リザードン'));
    expect(wordsIn('한국 카드')).toEqual(['한국', '카드']);
    expect(wordsIn('Dončić ❤️ №7️⃣')).toEqual(['doncic', 'no7']);
  });

  it.each([
    ['リザードン', 'ピカチュウ'],
    ['Покемон Чаризард', 'Покемон Пикачу'],
    ['피카츄', '리자몽'],
  ])('tell %s from %s', (query, other) => {
    expect(isRelevant(query, query) && isRelated(query, query)).toBe(true);
    expect(isRelevant(query, other)).toBe(false);
    expect(titleDigestOf({ title: query })).not.toBe(titleDigestOf({ title: other }));
  });

  it('may be misspelled', () => {
    expect(isRelevant('Покемон Чаризард', 'Покемон Чаризадр')).toBe(true);
    expect(isRelated('Чаризард', 'Чаризадр')).toBe(true);
  });
});

describe('refuseEmptyQuery', () => {
  const refuse = (query: string) => () => refuseEmptyQuery({ kind: 'collectible', query }, RELEVANCE_RULES);

  it('shows none of the characters that reorder what stands around them', () => {
    expect(refuse('\u2066\u2069')).toThrow('received text ""');
  });

  it.each(['❤️', '!!', '#', 'raw'])('refuses %s', (query) => {
    expect(refuse(query)).toThrow(
      `query: expected a name, number, year or other trait of the thing, received text "${query}"`,
    );
  });

  it.each(['リザードン', '1989', '#1', 'PSA 10', 'signed'])('accepts %s', (query) => {
    expect(refuse(query)).not.toThrow();
  });
});

describe('questionIdOf', () => {
  it('is that of a list for every valuation of the query, in whatever currency', () => {
    const question = { kind: 'collectible', query: 'Trout', currency: 'USD' } as const;
    expect(questionIdOf(question)).toBe(questionIdOf({ kind: 'collectible', query: 'Trout' }));
    expect(questionIdOf(question)).not.toBe(questionIdOf({ ...question, kind: 'vehicle' }));
  });
});
