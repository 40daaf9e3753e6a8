import { NUMBER_WORDS } from './place-words.ts';

/** Ends a phrase: a comma, a colon, a slash, a dash between spaces, "and". */
export const BREAK = '|';
/** Before a word that was a possessive ("Tom's"), which tells two rooms apart. */
const OWNED = 'of:';

/**
 * Owner's words as tokens that do not depend on how they are written: lower case without accents, underscores, hyphens and
 * plurals; numbers in digits without leading zeros; letters and digits apart ("bedroom2"); a time ("10:30") in one.
 */
export function tokensOf(words: string): string[] {
  return words
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[,;()&+/|\n]|(?<!\d):|:(?!\d)|\s[-–—]+\s|\band\b/g, ` ${BREAK} `)
    .replaceAll(/([a-z]+)(?:['’]s|s['’])(?![a-z])/g, `${OWNED}$1`)
    .replaceAll(/\b(\d+)(?:st|nd|rd|th)\b/g, '$1')
    .replaceAll(/([a-z])(?=\d)|(\d)(?=[a-z])/g, '$1$2 ')
    .split(/[^a-z0-9:|]+/)
    .filter((token) => token !== '' && !ARTICLES.has(token))
    .map((token) => (/^\d+$/.test(token) ? String(Number(token)) : (NUMBER_WORDS[token] ?? singular(token))));
}

/** "A" is no article here: it may name a bedroom. */
const ARTICLES: ReadonlySet<string> = new Set(['the', 'an', 'my', 'our', 'your']);

function singular(token: string): string {
  if (/ies$/.test(token) && token.length > LONGEST_KEPT) return `${token.slice(0, -'ies'.length)}y`;
  if (/(ch|sh|x|ss)es$/.test(token)) return token.slice(0, -'es'.length);
  return /[^s]s$/.test(token) && token.length > LONGEST_KEPT ? token.slice(0, -1) : token;
}

/** Words of so many letters keep their s: "gas", "its". */
const LONGEST_KEPT = 3;

export const isOwned = (token: string): boolean => token.startsWith(OWNED);
export const withoutOwner = (token: string): string => (isOwned(token) ? token.slice(OWNED.length) : token);
