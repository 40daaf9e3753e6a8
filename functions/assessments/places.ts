import type { FindingKind, SubjectLabel } from '../photos/photo-assessment.ts';
import type { Side } from './assessment.ts';

/** Words of owners that mean outside, and inside. */
const EXTERIOR_WORDS =
  /\b(exterior|outside|facade|façade|front|back|rear|street|elevation|roof|gutter|chimney|siding|yard|garden|patio|deck|porch|balcony|driveway|garage|fence)\b/;
const INTERIOR_WORDS =
  /\b(interior|inside|kitchen|bath(room)?|bed(room)?|living|dining|family|room|hall(way)?|stairs?|basement|cellar|attic|ceiling|floor|closet|laundry|office|toilet|shower)\b/;

/** Words of owners that name a subject of the model. */
const WORDS_OF_SUBJECT: Partial<Record<SubjectLabel, RegExp>> = {
  kitchen: /\bkitchen\b/,
  bathroom: /\b(bath(room)?|toilet|shower)\b/,
  bedroom: /\bbed(room)?\b/,
  living_room: /\b(living|lounge|dining|family)\b/,
  roof: /\b(roof|gutter|chimney)\b/,
  vehicle: /\b(car|vehicle|truck|bonnet|hood|bumper|fender|windshield)\b/,
};

const SIDE_OF_SUBJECT: Partial<Record<string, Side>> = {
  kitchen: 'interior',
  bathroom: 'interior',
  bedroom: 'interior',
  living_room: 'interior',
  exterior: 'exterior',
  roof: 'exterior',
} satisfies Partial<Record<SubjectLabel, Side>>;

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

type Photographed = { readonly label: string; readonly hint?: string | undefined };

/** The place that a photo shows, by which photos of one place are recognised: in the owner's words, otherwise the model's. */
export const placeOf = ({ label, hint }: Photographed): string => hint?.trim().toLowerCase() || label;

/** Inside or outside: by the owner's words, otherwise by the subject that the model sees. */
export function sideOf({ label, hint = '' }: Photographed): Side {
  const words = hint.toLowerCase();
  if (INTERIOR_WORDS.test(words)) return 'interior';
  if (EXTERIOR_WORDS.test(words)) return 'exterior';
  return SIDE_OF_SUBJECT[label] ?? 'unknown';
}

/** The side on which a kind of finding mostly occurs, for close-ups that show no side. */
export const usualSideOf = (kind: FindingKind): Side => SIDE_OF_KIND[kind] ?? 'unknown';

/**
 * Whether the owner's words and the model name different things: another room, or outside instead of inside. Close-ups show a
 * part of anything, so they contradict nothing.
 */
export function contradicts({ label, hint = '' }: Photographed): boolean {
  const words = hint.toLowerCase();
  const side = sideOf({ label: 'undetermined', hint });
  const named = Object.entries(WORDS_OF_SUBJECT).flatMap(([subject, pattern]) =>
    pattern.test(words) ? [subject] : [],
  );
  if (label === 'undetermined' || label === 'surface') return false;
  // The outside has many words, of which a roof is one part.
  if (label === 'exterior' || label === 'roof') return side === 'interior' || (side === 'unknown' && named.length > 0);
  return named.length > 0 ? !named.includes(label) : side !== 'unknown' && SIDE_OF_SUBJECT[label] !== side;
}
