import { kindInWords } from '../photos/finding-words.ts';
import type { FindingKind, Severity } from '../photos/photo-assessment.ts';
import type { Feature, Panel, Trade } from './defect.ts';
import type { Advice } from './defect-place-rules.ts';
import { namesFeature } from './defect-rules.ts';

/** Where on the place a component is: before "of" or the place's own "in". */
const ON_FEATURE: Partial<Record<Feature, string>> = {
  foundation: 'on the foundation',
  roof: 'on the roof',
  chimney: 'on the chimney',
  gutters: 'on the gutters',
  exterior_walls: 'on an outside wall',
  interior_walls: 'on a wall',
  windows: 'at a window',
  doors: 'at a door',
  ceiling: 'on the ceiling',
  flooring: 'on the floor',
  cabinets: 'on a cabinet',
  electrical: 'at the electrical installation',
  plumbing: 'at the plumbing',
  heating_cooling: 'at the heating',
};

const TRADE_WORDS: Partial<Record<Trade, string>> = {
  mould_remediation: 'mould remediation contractor',
  lead_safe_painter: 'lead-safe certified painter',
  auto_glass_shop: 'auto glass shop',
};

export const tradeInWords = (trade: Trade): string => TRADE_WORDS[trade] ?? trade.replaceAll('_', ' ');

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
const onPhotos = (photos: number): string => (photos === 1 ? '' : `, on ${photos} photos`);

type Described = {
  readonly severity: Severity;
  readonly feature: Feature;
  /** "in the kitchen" */
  readonly phrase: string;
  readonly photos: number;
};

/**
 * A finding on a property in a sentence, such as "Moderate damp stain on the ceiling of the kitchen: a plumber should find where
 * the water comes from, and stop it."
 */
export function propertyFindingText(kind: FindingKind, found: Described, { trade, task }: Advice): string {
  const where = placedInWords(kind, found);
  const what = capital(`${found.severity} ${kindInWords(kind)}${where && ` ${where}`}${onPhotos(found.photos)}`);
  return `${what}: ${withArticle(tradeInWords(trade))} should ${task}.`;
}

/** Without the component that the kind names: "broken window in the kitchen", "roof damage at the garage". */
function placedInWords(kind: FindingKind, { feature, phrase }: Described): string {
  const on = ON_FEATURE[feature];
  if (!namesFeature(kind, feature)) return whereInWords(on, phrase);
  if (phrase === on) return '';
  // A roof is over a room.
  return feature === 'roof' ? phrase.replace(/^in /, 'at ') : phrase;
}

/** "On the ceiling of the porch", "on an outside wall", "on a wall in bedroom 2". */
function whereInWords(on: string | undefined, phrase: string): string {
  if (on === undefined || phrase.includes(on)) return phrase;
  if (phrase === 'on the outside' || phrase === 'inside') return on;
  return /^(in|on|at) the /.test(phrase) ? `${on} of ${phrase.replace(/^\w+ /, '')}` : `${on} ${phrase}`;
}

/** A panel in words, such as "left rear door". */
export function panelInWords({ name, end, side }: Pick<Panel, 'name' | 'end' | 'side'>): string {
  if (name === 'unknown')
    return [side, end].some(isKnown) ? `${[side, end].filter(isKnown).join(' ')} of the vehicle` : 'vehicle';
  return [
    ...[side, end].filter(isKnown).filter((word) => !name.includes(word) && !IMPLIED[name]?.includes(word)),
    name.replaceAll('_', ' '),
  ].join(' ');
}

const isKnown = (word: string): boolean => word !== 'unknown' && word !== 'not_applicable';

/** Ends that nobody says, because the panel has no other. */
const IMPLIED: Partial<Record<Panel['name'], string>> = {
  hood: 'front',
  trunk: 'rear',
  windshield: 'front',
  grille: 'front',
  fender: 'front',
  quarter_panel: 'rear',
};

/** Damage of a vehicle in a sentence, such as "Severe dent on the left rear door: a body shop should replace it." */
export function vehicleFindingText(panel: Panel, severity: Severity, photos: number, trade: Trade): string {
  const what = panel.damageType === 'unknown' || panel.damageType === 'missing' ? 'damage' : panel.damageType;
  const where =
    panel.name === 'unknown' && !isKnown(panel.end) && !isKnown(panel.side)
      ? ', on a panel that is not known'
      : ` on the ${panelInWords(panel)}`;
  const remedy =
    panel.remedy === 'unknown' ? 'find which panel it is on, and whether it can be repaired' : `${panel.remedy} it`;
  return `${capital(`${severity} ${what}${where}${onPhotos(photos)}`)}: ${withArticle(tradeInWords(trade))} should ${remedy}.`;
}
