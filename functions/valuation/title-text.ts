/** Combining marks, which NFKD separates from their letters. */
const MARKS = /\p{M}/gu;

/** What a title may mean something with; every other character is a space. */
const MEANINGLESS = /[^a-z0-9#/.\-'?()]/g;

const APOSTROPHES = /[’‘`´]/g;
const DASHES = /[‐-―−]/g;

/** A text in lower case without accents, so that "Dončić" is "doncic"; one space on each side. */
export const plainText = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(/\b([a-z]{2,})'s\b/g, '$1')
    .replace(MEANINGLESS, ' ')
    .replace(/\s+/g, ' ')
    .trim()} `;

/** The words of a plain text in order. Hyphens join: "wh-1000xm4" is "wh1000xm4"; a decimal stays whole. */
export const wordsOf = (text: string): string[] =>
  [...text.matchAll(/\d+\.\d+|[a-z0-9]+(?:-[a-z0-9]+)*/g)].flatMap(([word]) => splitWord(word));

/** Of a hyphenated number: a whole word ("14-inch"), or the year of a coin ("1881-s"). */
const SEPARATE_PARTS = /(?<![a-z0-9])[a-z]{3,}(?![a-z0-9])|^(?:1[789]|20)\d\d-/;

/** A hyphen joins letters and digits of a number ("us-175"), and separates words ("spider-man", "14-inch"). */
const splitWord = (word: string): string[] =>
  /\d/.test(word) && !SEPARATE_PARTS.test(word) ? [word.replaceAll('-', '')] : word.split('-');

export type Taken = { readonly found: readonly RegExpExecArray[]; readonly rest: string };

/** All matches of a global pattern, and the text without them. */
export const take = (text: string, pattern: RegExp): Taken => ({
  found: [...text.matchAll(pattern)],
  rest: text.replace(pattern, ' '),
});

/** A pattern for whole words and phrases, the longest first; their spaces may be hyphens. */
export const phrasePattern = (phrases: readonly string[]): RegExp =>
  // Of no phrases, a pattern that matches nothing.
  new RegExp(
    phrases.length === 0
      ? '(?!)'
      : `(?<![a-z0-9])(?:${phrases
          .toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1))
          .map((phrase) => phrase.replaceAll(' ', "[ \\-']"))
          .join('|')})(?![a-z0-9])`,
    'g',
  );

/** The phrases that a text holds, in the lexicon's spelling. */
export const phrasesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([phrase]) => phrase.replace(/[-']/g, ' '))),
];
