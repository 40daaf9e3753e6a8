/** Accents, which NFKD separates from Latin, Greek and Cyrillic letters. In other scripts a mark makes another letter. */
const ACCENTS = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}]\p{M}*)\p{M}/gu;

/** What a title may mean something with; every other character is a space. */
const MEANINGLESS = /[^\p{L}\p{M}\p{N}#/.\-'?()]/gu;

/** A letter of a script that writes no spaces between words, with its marks: each is read as a word. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}][\p{M}ー]*/gu;

const APOSTROPHES = /[’‘`´]/g;
const DASHES = /[‐-―−]/g;

/** A text in lower case without accents, so that "Dončić" is "doncic"; one space on each side, and around each letter of
 * a script without spaces, which is then a word. */
export const plainText = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(/\b([a-z]{2,})'s\b/g, '$1')
    .replace(MEANINGLESS, ' ')
    .replace(UNSPACED, ' $& ')
    .replace(/\s+/g, ' ')
    .trim()} `;

/** A text in which a hyphenated word is one word, as `nameTest` reads titles. */
export const spelledTogether = (text: string): string => plainText(text).replaceAll('-', '');

/** The words of a plain text in order. Hyphens join: "wh-1000xm4" is "wh1000xm4"; a decimal stays whole. */
export const wordsOf = (text: string): string[] =>
  [...text.matchAll(/\d+\.\d+|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu)].flatMap(
    ([word]) => splitWord(word),
  );

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
