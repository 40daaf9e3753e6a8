/** How a word of the query is in a title. */
export type WordMatch = 'same' | 'misspelled' | 'missing';

/** Letters from which a word may be misspelled: of shorter ones, one letter makes another name. */
const LEAST_LETTERS = 5;

/** A title's words, and each pair of neighbours as one word: "116610 LN" is "116610ln". */
export const withPairs = (words: readonly string[]): ReadonlySet<string> =>
  new Set([...words, ...words.slice(1).map((word, index) => `${words[index]}${word}`)]);

/** Whether a title has a word, also as plural, or with one letter wrong. Numbers are never misspelled. */
export function matchWord(word: string, words: readonly string[], withNeighbours: ReadonlySet<string>): WordMatch {
  if (withNeighbours.has(word) || withNeighbours.has(`${word}s`) || withNeighbours.has(word.replace(/s$/, ''))) {
    return 'same';
  }
  return words.some((other) => isMisspelled(word, other)) ? 'misspelled' : 'missing';
}

const isMisspelled = (word: string, other: string): boolean =>
  word.length >= LEAST_LETTERS &&
  other.length >= LEAST_LETTERS &&
  word[0] === other[0] &&
  !/\d/.test(word + other) &&
  isOneEditApart(word, other);

/** Whether one letter is changed, added, left out, or swapped with its neighbour. */
export function isOneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [rest, otherRest] = [one.slice(start), other.slice(start)];
  if (rest.length > otherRest.length) return rest.slice(1) === otherRest;
  if (rest.length < otherRest.length) return rest === otherRest.slice(1);
  const isSwapped = rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2);
  return isSwapped || rest.slice(1) === otherRest.slice(1);
}
