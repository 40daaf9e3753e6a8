import { kindInWords } from '../photos/finding-words.ts';
import type { MergedFinding } from './assessment.ts';
import { panelInWords } from './finding-text.ts';

/**
 * Questions to the owner about findings that count and whose place, panel or side nobody has stated and no photo shows: one for the
 * same photos, such as "Where is p001 (minor crack, moderate hole)?"
 */
export function asksAbout(findings: readonly MergedFinding[]): string[] {
  const asked = findings.flatMap((finding) => {
    const question = finding.experimental ? undefined : questionOf(finding);
    return question === undefined ? [] : [{ question, what: whatOf(finding) }];
  });
  return [...Map.groupBy(asked, ({ question }) => question)].map(
    ([question, same]) => `${question} (${same.map(({ what }) => what).join(', ')})?`,
  );
}

const whatOf = ({ kind, severity }: MergedFinding): string =>
  `${severity} ${kind === 'vehicle_damage' ? 'damage' : kindInWords(kind)}`;

function questionOf({ placeIs, side, panel, photoIds }: MergedFinding): string | undefined {
  const photos = photoIds.join(', ');
  const isKnown = panel
    ? panel.name !== 'unknown' && panel.side !== 'unknown' && panel.end !== 'unknown'
    : placeIs !== 'guessed' && side !== 'unknown';
  if (isKnown) return undefined;
  if (!panel) return `Where ${photoIds.length === 1 ? 'is' : 'are'} ${photos}`;
  const which = panel.name === 'unknown' ? 'panel' : panelInWords(panel);
  return `Which ${which} ${photoIds.length === 1 ? `does ${photos} show` : `do ${photos} show`}`;
}
