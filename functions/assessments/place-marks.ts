import type { SubjectLabel } from '../photos/photo-assessment.ts';
import { PLACE_ROWS, type PlaceRow } from './place-rows.ts';
import { BREAK, isOwned, tokensOf, withoutOwner } from './place-tokens.ts';
import {
  ELEMENTS,
  type ElementRow,
  FILLERS,
  OTHER_SUBJECTS,
  PHOTO_WORDS,
  QUALIFIERS,
  RELATIONS,
  STOREYS,
  UNITS,
  VIEWPOINTS,
} from './place-words.ts';

/** What one or several words of an owner mean. */
export type Mark =
  | { readonly is: 'place'; readonly row: PlaceRow }
  | { readonly is: 'element'; readonly element: ElementRow }
  | { readonly is: 'subject'; readonly subject: SubjectLabel }
  /** tells two places of one name apart */
  | { readonly is: 'apart'; readonly words: string }
  | { readonly is: 'unknown'; readonly words: string }
  | { readonly is: 'relation' | 'viewpoint' | 'break' | 'filler' };

type Read = { readonly mark: Mark; readonly length: number };

const FILLER: Mark = { is: 'filler' };
/** Of the longest entry of the vocabulary, in words: "side of house". */
const LONGEST_PHRASE = 3;
/** Numbers of more digits are names of files. */
const ROOM_NUMBER = /^\d{1,2}$/;

const normalised = (words: string): string => tokensOf(words).join(' ');

const FILLER_TOKENS: ReadonlySet<string> = new Set([...FILLERS, ...PHOTO_WORDS].map(normalised));

const PHRASES: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ...Object.entries(ELEMENTS).map(([words, element]) => [normalised(words), { is: 'element', element }] as const),
  ...Object.entries(OTHER_SUBJECTS).map(([words, subject]) => [normalised(words), { is: 'subject', subject }] as const),
  ...PLACE_ROWS.flatMap((row) =>
    [row.name, ...row.says].map((words) => [normalised(words), { is: 'place', row }] as const),
  ),
]);

/** The meanings of an owner's words: all of them, and those that are said of the place itself and not of its surroundings. */
export function marksOf(words: string): { readonly all: readonly Mark[]; readonly ofPlace: readonly Mark[] } {
  const tokens = tokensOf(words);
  const marks: Mark[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { mark, length } = readAt(tokens, at, marks);
    marks.push(...named(mark, marks));
    at += length;
  }
  return { all: marks, ofPlace: withoutViewpoints(marks) };
}

/** "Sewing room": the unknown word before a room is its name. */
function named(mark: Mark, before: Mark[]): Mark[] {
  const last = before.at(-1);
  if (mark.is !== 'place' || mark.row.name !== 'room' || last?.is !== 'unknown') return [mark];
  before.pop();
  return [{ is: 'apart', words: last.words }, mark];
}

function readAt(tokens: readonly string[], at: number, before: readonly Mark[]): Read {
  return (
    readNumber(tokens, at) ?? readPhrase(tokens, at, before) ?? { mark: wordMark(tokens[at] ?? '', before), length: 1 }
  );
}

/** Numbers of photos ("photo 3", "1 of 3"), storeys ("2nd floor"), units ("apt B") and rooms. */
function readNumber(tokens: readonly string[], at: number): Read | undefined {
  const [one = '', two = '', three = ''] = tokens.slice(at, at + LONGEST_PHRASE);
  const isNumber = (token: string): boolean => /^\d+$/.test(token);
  if (isNumber(one) && two === 'of' && isNumber(three)) return { mark: FILLER, length: 3 };
  if (PHOTO_WORDS.has(one) && isNumber(two)) return { mark: FILLER, length: 2 };
  if (isNumber(one) && STOREYS.has(two)) return { mark: { is: 'apart', words: `floor ${one}` }, length: 2 };
  if (STOREYS.has(one) && isNumber(two)) return { mark: { is: 'apart', words: `floor ${two}` }, length: 2 };
  if (UNITS.has(one) && /^(\d+|[a-z])$/.test(two)) return { mark: { is: 'apart', words: `unit ${two}` }, length: 2 };
  if (!isNumber(one)) return undefined;
  return { mark: ROOM_NUMBER.test(one) ? { is: 'apart', words: one } : FILLER, length: 1 };
}

function readPhrase(tokens: readonly string[], at: number, before: readonly Mark[]): Read | undefined {
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    const words = tokens.slice(at, at + length);
    const mark = PHRASES.get(words.map(withoutOwner).join(' '));
    if (!mark || words.length < length || (words[0] === 'bed' && length === 1 && isBedOfPlants(before))) continue;
    // "The porch outside the kitchen".
    const isBeside = words[0] === 'outside' && before.some(({ is }) => is === 'place');
    return { mark: isBeside ? { is: 'viewpoint' } : mark, length };
  }
  return undefined;
}

/** "Raised bed", "patio bed", "truck bed". */
const isBedOfPlants = (before: readonly Mark[]): boolean => {
  const last = before.at(-1);
  return last?.is === 'unknown' || last?.is === 'subject' || (last?.is === 'place' && last.row.side === 'exterior');
};

function wordMark(token: string, before: readonly Mark[]): Mark {
  const word = withoutOwner(token);
  const qualifier = QUALIFIERS[word];
  if (qualifier) return { is: 'apart', words: qualifier };
  // "It's the kitchen".
  if (FILLER_TOKENS.has(word)) return FILLER;
  if (isOwned(token)) return { is: 'apart', words: word };
  if (token === BREAK) return { is: 'break' };
  if (RELATIONS.has(token)) return { is: 'relation' };
  if (VIEWPOINTS.has(token)) return { is: 'viewpoint' };
  const isLetter = /^[a-z]$/.test(token);
  if (isLetter && before.at(-1)?.is === 'place') return { is: 'apart', words: token };
  return isLetter ? FILLER : { is: 'unknown', words: token };
}

/** "Kitchen from the patio" is the kitchen: what follows a viewpoint, up to a break, names another place. */
function withoutViewpoints(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  let elsewhere = false;
  for (const mark of marks) {
    if (mark.is === 'break') elsewhere = false;
    if (mark.is === 'viewpoint') elsewhere ||= kept.some(({ is }) => is === 'place');
    else if (!elsewhere) kept.push(mark);
  }
  return kept;
}
