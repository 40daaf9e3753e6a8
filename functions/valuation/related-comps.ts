import type { AssetKind } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import { shownText } from '../platform/shown-text.ts';
import type { NamedComp } from './comp.ts';
import type { CompState, StoredComp } from './comp-rows.ts';
import { titleReader, titleWords } from './read-title.ts';
import { relevanceTo } from './relevance.ts';
import type { RelevanceRules } from './relevance-policy.ts';
import { missingNames } from './title-differences.ts';
import { spelledTogether } from './title-text.ts';

/** Letters from which a word may be misspelled, so that only its first or last two letters are sure. */
const MISSPELLED_LETTERS = 5;

type Question = { readonly kind: AssetKind; readonly query: string };

/**
 * Refuses a query of which the rules know nothing to look for: every title would match it.
 *
 * @throws RequestError
 */
export function refuseEmptyQuery({ kind, query }: Question, rules: RelevanceRules): void {
  if (!namesNothing({ kind, query }, rules)) return;
  const expected = 'a name, number, year or other trait of the thing';
  const received = `text "${shownText(query)}"`;
  const detail = `query: expected ${expected}, received ${received}, which every title would match.`;
  throw new RequestError('invalid_request', detail);
}

/** Whether the rules know nothing to look for in a query, so that every title would match it. */
export function namesNothing({ kind, query }: Question, rules: RelevanceRules): boolean {
  const { words: _all, isCardGame: _of, ...traits } = titleReader(kind, rules.lexicon)(query);
  return !Object.values(traits).some((trait) => (Array.isArray(trait) ? trait.length > 0 : Boolean(trait)));
}

/**
 * The comps whose titles have so many names of the query that they may be relevant; reading a title in full takes many times as
 * long as looking for its names. All of them where the rules would keep a title without any of the names.
 */
export function relatedComps(question: Question, comps: readonly StoredComp[], rules: RelevanceRules): NamedComp[] {
  const mayBeRelevant = mayBeRelevantTo(question, rules);
  return comps
    .filter(({ comp }) => mayBeRelevant(comp.title))
    .map(({ compId, comp, addedAt }) => ({ ...comp, compId, storedOn: addedAt.slice(0, 10) }));
}

/**
 * What titles must match, or they are irrelevant: patterns for JavaScript and RE2, which read `spelledTogether`. A title matches
 * `least` of the names, or `leastWithNumber` of them and the number. Without names, every title does.
 */
export type NameTest = {
  readonly names: readonly string[];
  readonly least: number;
  readonly leastWithNumber: number;
  /** matches nothing where the query has no number */
  readonly number: string;
};

/** The test of a query that names nothing. */
export const EVERY_TITLE: NameTest = { names: [], least: 0, leastWithNumber: 0, number: '' };

/** The names of a query, and how many of them the rules need. */
export function nameTest({ kind, query }: Question, rules: RelevanceRules): NameTest {
  const { distinctive, numbers } = titleReader(kind, rules.lexicon)(query);
  const { missingWord, missingWordWithNumber, replacedWord } = rules.factors;
  const needed = (factor: number): number => distinctive.length - mostMissing(factor, distinctive.length, rules);
  const least = needed(Math.max(missingWord, replacedWord));
  if (least === 0) return EVERY_TITLE;
  // A number counts for a name only beside another name.
  const leastWithNumber = Math.max(1, needed(Math.max(missingWord, missingWordWithNumber, replacedWord)));
  return { names: distinctive.map(partPattern), least, leastWithNumber, number: numberPattern(numbers) };
}

/** How many of the words may be missing from a title that is relevant, each at this factor. */
function mostMissing(factor: number, words: number, { relevantFrom }: RelevanceRules): number {
  let missing = 0;
  while (missing < words && factor ** (missing + 1) >= relevantFrom) missing += 1;
  return missing;
}

/** Whether a title matches a test. */
export function matchesNames({ names, least, leastWithNumber, number }: NameTest): (title: string) => boolean {
  const patterns = names.map((name) => new RegExp(name, 'u'));
  const ofNumber = new RegExp(number, 'u');
  return (title) => {
    const text = spelledTogether(title);
    const found = patterns.filter((pattern) => pattern.test(text)).length;
    return found >= least || (found >= leastWithNumber && ofNumber.test(text));
  };
}

/** As `matchesNames` of the question's test, by whole words where their parts match. */
export function mayBeRelevantTo(question: Question, rules: RelevanceRules): (title: string) => boolean {
  const test = nameTest(question, rules);
  const matches = matchesNames(test);
  const wanted = titleReader(question.kind, rules.lexicon)(question.query);
  const wordsIn = titleWords(rules.lexicon);
  // With a number or not, a title without so many names is irrelevant.
  const least = Math.min(test.least, test.leastWithNumber);
  return (title) => matches(title) && wanted.distinctive.length - missingNames(wanted, wordsIn(title)) >= least;
}

/**
 * A part of a word that stays when one letter of it is wrong, or when a neighbour is joined to it: the first half at the begin of a
 * word, or the second at the end of one, since one letter is in one half; two that are swapped may be in both.
 */
function partPattern(word: string): string {
  const letters = [...word];
  if (letters.length < MISSPELLED_LETTERS || /\p{N}/u.test(word)) {
    return letters
      .map((letter) => letter.replace(/[^\p{L}\p{M}\p{N}]/u, '\\$&'))
      .join(APART)
      .replace(/s$/, '');
  }
  const half = letters.length >> 1;
  const part = (from: number, to?: number): string => letters.slice(from, to).join('');
  const swapped = `${part(0, half - 1)}${letters[half]}${letters[half - 1]}${part(half + 1)}`;
  return `(^|\\P{L})${part(0, half)}|${part(half).replace(/s$/, '')}s?(\\P{L}|$)|${swapped}`;
}

/** One of the numbers, by its digits, which may stand in two words. */
function numberPattern(numbers: readonly string[]): string {
  const digits = numbers.flatMap((number) => number.match(/\d+/)?.[0] ?? []);
  // A number without digits, such as "us-rc", may be written in any way.
  if (digits.length < numbers.length) return '';
  if (digits.length === 0) return NOTHING;
  const spaced = digits.map((each) => [...each].join(APART));
  return `(^|\\P{N})0*(${spaced.join('|')})(\\P{N}|$)`;
}

/** What may stand within a word that is written as two. */
const APART = '[^\\p{L}\\p{N}]*';

/** A pattern that nothing matches. */
const NOTHING = '[^\\s\\S]';

type Wanted = { readonly kind: AssetKind; readonly query?: string | undefined; readonly state?: CompState | undefined };

/** Whether a stored comp is one that a list asks for. */
export function wantedComp({ kind, query, state }: Wanted, rules: RelevanceRules): (comp: StoredComp) => boolean {
  const judge = query === undefined ? undefined : relevanceTo(query, kind, rules);
  const mayShare = query === undefined ? () => true : mayBeRelevantTo({ kind, query }, rules);
  return ({ comp, state: itsState }) =>
    (state === undefined || itsState === state) &&
    mayShare(comp.title) &&
    (judge === undefined || judge(comp.title).isRelevant);
}
