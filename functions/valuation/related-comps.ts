import type { AssetKind } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import { shownText } from '../platform/shown-text.ts';
import type { NamedComp } from './comp.ts';
import type { CompState, StoredComp } from './comp-rows.ts';
import { titleReader } from './read-title.ts';
import { relevanceTo } from './relevance.ts';
import type { RelevanceRules } from './relevance-policy.ts';
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
 * The comps whose titles share a name with the query; the others would be irrelevant, and reading their titles in full takes a
 * hundred times as long. All of them where the rules would keep a title without any of the names.
 */
export function relatedComps(question: Question, comps: readonly StoredComp[], rules: RelevanceRules): NamedComp[] {
  const mayShare = sharesName(question, rules);
  return comps
    .filter(({ comp }) => mayShare(comp.title))
    .map(({ compId, comp, addedAt }) => ({ ...comp, compId, storedOn: addedAt.slice(0, 10) }));
}

/**
 * A pattern, for JavaScript and RE2, that every title matches which shares a name with the query; it reads `spelledTogether`. Empty,
 * so that all titles match, where the rules would keep a title without any of the names.
 */
export function namePattern({ kind, query }: Question, rules: RelevanceRules): string {
  const { distinctive } = titleReader(kind, rules.lexicon)(query);
  const { missingWord, replacedWord } = rules.factors;
  const withoutNames = Math.max(missingWord, replacedWord) ** distinctive.length;
  return distinctive.length === 0 || withoutNames >= rules.relevantFrom ? '' : distinctive.map(partPattern).join('|');
}

/** Whether a title shares a name with the query; without one it would be irrelevant. */
export function sharesName(question: Question, rules: RelevanceRules): (title: string) => boolean {
  const pattern = new RegExp(namePattern(question, rules), 'u');
  return (title) => pattern.test(spelledTogether(title));
}

/**
 * A part of a word that stays when one letter of it is wrong, or when a neighbour is joined to it: the first half at the begin of a
 * word, or the second at the end of one, since one letter is in one half; two that are swapped may be in both.
 */
function partPattern(word: string): string {
  const letters = [...word];
  if (letters.length < MISSPELLED_LETTERS || /\p{N}/u.test(word)) {
    return word.replace(/[^\p{L}\p{M}\p{N}]/gu, '\\$&').replace(/s$/, '');
  }
  const half = letters.length >> 1;
  const part = (from: number, to?: number): string => letters.slice(from, to).join('');
  const swapped = `${part(0, half - 1)}${letters[half]}${letters[half - 1]}${part(half + 1)}`;
  return `(^|\\P{L})${part(0, half)}|${part(half).replace(/s$/, '')}s?(\\P{L}|$)|${swapped}`;
}

type Wanted = { readonly kind: AssetKind; readonly query?: string | undefined; readonly state?: CompState | undefined };

/** Whether a stored comp is one that a list asks for. */
export function wantedComp({ kind, query, state }: Wanted, rules: RelevanceRules): (comp: StoredComp) => boolean {
  const judge = query === undefined ? undefined : relevanceTo(query, kind, rules);
  const mayShare = query === undefined ? () => true : sharesName({ kind, query }, rules);
  return ({ comp, state: itsState }) =>
    (state === undefined || itsState === state) &&
    mayShare(comp.title) &&
    (judge === undefined || judge(comp.title).isRelevant);
}
