import type { Side } from './defect.ts';
import { type Mark, marksOf } from './place-marks.ts';
import { PLACE_ROWS, type PlaceRow } from './place-rows.ts';
import type { ElementRow } from './place-words.ts';

/** What an owner's words name. */
export type NamedPlace = {
  /** undefined: no place that is in the vocabulary */
  readonly row: PlaceRow | undefined;
  /** what tells it from others of its name, such as "guest" and "2"; sorted */
  readonly apart: readonly string[];
  /** the components that are named */
  readonly elements: readonly ElementRow[];
  /** words in no vocabulary, such as "granny" */
  readonly unknown: readonly string[];
  /** what the model would call the things that are named */
  readonly subjects: readonly string[];
  readonly side: Side;
  /** the components that are named here or beside it ("next to the fuse box") */
  readonly nearby: ReadonlySet<ElementRow['feature']>;
};

const EXTERIOR = PLACE_ROWS.find(({ name }) => name === 'exterior');

/** The place that an owner's words name, however they are written. */
export function namedPlace(words: string): NamedPlace {
  const { all, ofPlace: marks } = marksOf(words);
  const rows = rowsOf(marks);
  const elements = marks.flatMap((mark) => (mark.is === 'element' ? mark.element : []));
  const said = new Set(marks.flatMap((mark) => (mark.is === 'apart' ? mark.words : [])));
  const side = elements.find((each) => each.side)?.side;
  const row = headOf(marks) ?? (isFace(said, words) && side !== 'interior' ? EXTERIOR : undefined);
  const head = row ?? (side === 'exterior' ? EXTERIOR : undefined);
  const subjects = marks.flatMap((mark) => (mark.is === 'subject' ? mark.subject : []));
  return {
    row: head,
    apart: head ? apartOf(head, said, rows) : [...said].toSorted(),
    elements: [...elements, ...componentsOf(rows, head)],
    unknown: marks.flatMap((mark) => (mark.is === 'unknown' ? mark.words : [])),
    subjects: [...new Set([...subjects, ...rows.flatMap(({ subject }) => subject ?? [])])],
    side: head?.side ?? side ?? 'unknown',
    nearby: new Set(all.flatMap((mark) => (mark.is === 'element' ? mark.element.feature : []))),
  };
}

const rowsOf = (marks: readonly Mark[]): PlaceRow[] => marks.flatMap((mark) => (mark.is === 'place' ? mark.row : []));

/**
 * The place of which the others are said: of "balcony of the bedroom" and "bedroom balcony" the balcony, of "wall in the bedroom" the
 * bedroom, of "bathroom in the basement" the bathroom, of "shed roof" the shed.
 */
function headOf(marks: readonly Mark[]): PlaceRow | undefined {
  const rows = rowsOf(marks);
  const component = rows.find(({ role }) => role === 'component');
  const structure = rows.find(({ role }) => role === 'structure');
  if (component) return structure ?? component;
  const heads = phrasesOf(marks).map((phrase) =>
    rowsOf(phrase)
      .filter(({ role }) => !YIELDS.has(role))
      .at(-1),
  );
  const rooms = [heads.find((row) => row !== undefined), rows.find(({ role }) => role === 'container')];
  return rooms.find((row) => row !== undefined) ?? rows[0];
}

const YIELDS: ReadonlySet<PlaceRow['role']> = new Set(['generic', 'container', 'component']);

/** A new phrase begins at a break or a relation. */
function phrasesOf(marks: readonly Mark[]): Mark[][] {
  const phrases: Mark[][] = [[]];
  for (const mark of marks) {
    if (mark.is === 'break' || mark.is === 'relation') phrases.push([]);
    else phrases.at(-1)?.push(mark);
  }
  return phrases;
}

/** "Front", "rear", "left side" and "north side" are faces of the building. */
const isFace = (said: ReadonlySet<string>, words: string): boolean =>
  said.has('front') || said.has('rear') || (/\bside\b/i.test(words) && DIRECTIONS.some((each) => said.has(each)));

const DIRECTIONS = ['left', 'right', 'north', 'south', 'east', 'west'];

function apartOf(head: PlaceRow, said: ReadonlySet<string>, rows: readonly PlaceRow[]): string[] {
  if (head.only) return [];
  const others = rows.filter(({ name, role }) => name !== head.name && role !== 'generic' && role !== 'component');
  // Photos of the outside are numbered, its faces are not.
  const words = [...said].filter((each) => head !== EXTERIOR || !/^\d/.test(each));
  return [...new Set([...words, ...others.map(({ name }) => name)])].toSorted();
}

/** Of "shed roof" the roof. */
const componentsOf = (rows: readonly PlaceRow[], head: PlaceRow | undefined): ElementRow[] =>
  rows.flatMap(({ role, feature }) =>
    role === 'component' && feature && feature !== head?.feature ? [{ feature }] : [],
  );
