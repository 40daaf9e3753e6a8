import type { FindingKind, SubjectLabel } from '../photos/photo-assessment.ts';
import type { Feature, PlaceIs, Section, Side } from './defect.ts';
import { type NamedPlace, namedPlace } from './named-place.ts';
import { PLACE_ROWS, type PlaceRow } from './place-rows.ts';
import { QUALIFIERS } from './place-words.ts';

/** The place that a photo of a property shows. */
export type Place = {
  /** by which photos of one place are recognised, such as "bedroom 2"; `UNKNOWN_PLACE` when nothing says where it is */
  readonly name: string;
  /** the name in the vocabulary, such as "bedroom" */
  readonly room: string | undefined;
  /** in the owner's words, otherwise the name */
  readonly location: string;
  /** in a sentence, such as "in bedroom 2" */
  readonly phrase: string;
  readonly is: PlaceIs;
  readonly side: Side;
  readonly section: Section;
  /** `walls` of which the side decides whether they are inside or outside */
  readonly feature: Feature | 'walls';
  /** whether the words name anything electrical there or beside it */
  readonly electrical: boolean;
  /** the same of a window or a door */
  readonly opening: boolean;
};

export const UNKNOWN_PLACE = 'unknown place';

/** What the model says of a photo, and its owner's words. */
type Photographed = { readonly label: string; readonly hint?: string | undefined };

const SUBJECT_ROWS: ReadonlyMap<string, PlaceRow> = new Map(
  PLACE_ROWS.toReversed().flatMap((row) => (row.subject ? [[row.subject, row] as const] : [])),
);

/** The place that a photo shows: by the owner's words, otherwise by what the model sees. */
export function placeAt({ label, hint = '' }: Photographed): Place {
  const named = namedPlace(hint);
  const seen = SUBJECT_ROWS.get(label);
  const row = rowOf(named, seen);
  const words = hint.trim().replaceAll('_', ' ');
  const apart = row?.only ? [] : named.apart.filter((each) => named.row || !/^\d/.test(each));
  const unknown = row ? [] : named.unknown;
  const name = row ? nameOf(row, apart) : unknown.length > 0 ? unknown.join(' ') : UNKNOWN_PLACE;
  const side = row?.side ?? (named.side === 'unknown' ? (seen?.side ?? 'unknown') : named.side);
  const is = row ? (row === named.row ? 'stated' : 'seen') : unknown.length > 0 ? 'stated' : 'guessed';
  const saysWhere = is === 'stated' || named.elements.length > 0;
  return {
    name,
    room: row?.name,
    location: saysWhere ? words : row ? name : 'place not stated',
    phrase:
      row && apart.every(isKnownWord) ? phraseOf(row, apart) : is === 'stated' ? `at "${words}"` : SOMEWHERE[side],
    is,
    side,
    section: row?.section ?? SECTION_OF_SIDE[side],
    feature: named.elements[0]?.feature ?? row?.feature ?? 'unknown',
    electrical: named.nearby.has('electrical'),
    opening: named.nearby.has('windows') || named.nearby.has('doors'),
  };
}

/** A side, or "room" without a name, says less than what the model sees there. */
function rowOf({ row, apart, side }: NamedPlace, seen: PlaceRow | undefined): PlaceRow | undefined {
  const agrees = seen && (side === 'unknown' || side === seen.side);
  if (!row) return agrees ? seen : undefined;
  const isVague = row.role === 'generic' && apart.every((each) => /^\d/.test(each));
  return isVague && agrees ? seen : row;
}

/** Whether it is in the vocabulary, and no name of a person ("Tom's room"). */
const isKnownWord = (word: string): boolean =>
  /^(\d+|[a-z]|(floor|unit) .+)$/.test(word) ||
  Object.values(QUALIFIERS).includes(word) ||
  PLACE_ROWS.some(({ name }) => name === word);

const SOMEWHERE: Record<Side, string> = {
  interior: 'somewhere inside',
  exterior: 'somewhere outside',
  unknown: 'at a place that is not known',
};

const SECTION_OF_SIDE: Record<Side, Section> = {
  interior: 'unit_interior',
  exterior: 'dwelling_exterior',
  unknown: 'unknown',
};

/** Numbers follow the name ("bedroom 2"), then storeys, units and other rooms ("closet (bedroom)"); all else precedes it. */
function nameOf({ name }: PlaceRow, apart: readonly string[]): string {
  const after = apart.filter((each) => /^(\d+|[a-z])$/.test(each));
  const within = apart.filter((each) => /^(floor|unit) /.test(each) || PLACE_ROWS.some((row) => row.name === each));
  const before = apart.filter((each) => !after.includes(each) && !within.includes(each));
  return [...before, name, ...after, ...(within.length > 0 ? [`(${within.join(', ')})`] : [])].join(' ');
}

function phraseOf(row: PlaceRow, apart: readonly string[]): string {
  if (row.name === 'exterior')
    return apart.length > 0 ? `on the ${apart.join(' ')} side of the house` : 'on the outside';
  if (row.name === 'interior') return 'inside';
  const isNumbered = apart.some((each) => /^(\d+|[a-z])$/.test(each));
  return `${row.at} ${isNumbered ? '' : 'the '}${nameOf(row, apart)}`;
}

/** Kinds of findings that mostly occur on one side; a crack or a hole may be on either. */
const SIDE_OF_KIND: Partial<Record<FindingKind, Side>> = {
  roof_damage: 'exterior',
  // A building that has collapsed is photographed from outside.
  destroyed: 'exterior',
  spalling: 'exterior',
  broken_window: 'exterior',
  mould: 'interior',
  damp_stain: 'interior',
};

/** The side on which a kind of finding mostly occurs, for close-ups that show no side. */
export const usualSideOf = (kind: FindingKind): Side => SIDE_OF_KIND[kind] ?? 'unknown';

/** The section that a side alone tells. */
export const sectionOf = (side: Side): Section => SECTION_OF_SIDE[side];

/**
 * Whether the owner's words and the model name different things: another room, or outside instead of inside. Close-ups show a
 * part of anything, so they contradict nothing.
 */
export function contradicts({ label, hint = '' }: Photographed): boolean {
  if (label === 'undetermined' || label === 'surface') return false;
  const { subjects, side } = namedPlace(hint);
  const rooms = subjects.filter((each) => each !== 'exterior');
  // The outside has many words, of which a roof is one part.
  if (label === 'exterior' || label === 'roof') return side === 'interior' || (side === 'unknown' && rooms.length > 0);
  return rooms.length > 0
    ? !rooms.includes(label as SubjectLabel)
    : side !== 'unknown' && SUBJECT_ROWS.get(label)?.side !== side;
}
