import { kindInWords } from '../photos/finding-words.ts';
import type { MergedFinding } from './assessment.ts';
import { panelInWords } from './finding-text.ts';

/** Questions to the owner: of each finding that counts whose place, panel or side nobody has stated, and no photo shows. */
export const asksAbout = (findings: readonly MergedFinding[]): string[] =>
  findings.filter(({ experimental }) => !experimental).flatMap((finding) => asks(finding));

function asks({ kind, severity, placeIs, side, panel, photoIds }: MergedFinding): string[] {
  const photos = photoIds.join(', ');
  const what = `${severity} ${kind === 'vehicle_damage' ? 'damage' : kindInWords(kind)}`;
  if (panel?.name === 'unknown') return [`Which panel do these photos show: ${photos} (${what})?`];
  if (panel && (panel.side === 'unknown' || panel.end === 'unknown')) {
    return [`Which ${panelInWords(panel)} do these photos show: ${photos} (${what})?`];
  }
  if (panel || (placeIs !== 'guessed' && side !== 'unknown')) return [];
  return [`Where is this: ${photos} (${what})?`];
}
