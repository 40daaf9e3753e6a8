import Table from 'cli-table3';
import type { Assessment, MergedFinding } from '../functions/assessments/assessment.ts';
import { tradeInWords } from '../functions/assessments/finding-text.ts';
import { certaintyInWords } from '../functions/photos/certainty.ts';
import { kindInWords } from '../functions/photos/finding-words.ts';

/** Of the columns, in characters; with their borders as wide as the table of photos. */
const COLUMNS = { where: 20, finding: 17, extent: 13, action: 18, sure: 11, photos: 23 } as const;

/** The findings as rows of an inspection report: where, what, how large, what to do and who does it, how sure, on which photos. */
export function findingTable({ findings }: Pick<Assessment, 'findings'>, nameOf: (photoId: string) => string): string {
  const table = new Table({
    style: { head: [], border: [] },
    head: Object.keys(COLUMNS),
    wordWrap: true,
    colWidths: Object.values(COLUMNS),
  });
  for (const finding of findings) {
    table.push([
      whereOf(finding),
      whatOf(finding),
      extentOf(finding),
      actionOf(finding),
      certaintyInWords(finding.confidenceRatio),
      finding.photoIds.map(nameOf).join(' '),
    ]);
  }
  return table.toString();
}

/** The location, and the component where the location does not name it. */
function whereOf({ location, place, feature, panel }: MergedFinding): string {
  if (panel) return place;
  const component = feature.replaceAll('_', ' ');
  const stem =
    component
      .split(' ')
      .at(-1)
      ?.replace(/(ing|s)$/, '') ?? component;
  return feature === 'unknown' || location.toLowerCase().includes(stem) ? location : `${location}: ${component}`;
}

function whatOf({ kind, severity, experimental, panel }: MergedFinding): string {
  const type = panel && !['unknown', 'missing'].includes(panel.damageType) ? panel.damageType : 'damage';
  const what = `${severity} ${panel ? type : kindInWords(kind)}`;
  return experimental ? `${what} (experimental)` : what;
}

function extentOf({ areaRatio, extent }: MergedFinding): string {
  if (areaRatio === null || extent.readFrom === 'none') return 'unknown';
  const percent = Math.max(1, Math.round(areaRatio * 100));
  const { width = 'unknown', structural = 'unknown' } = extent.crack ?? {};
  return [
    `${percent} % of ${extent.readFrom === 'region' ? 'photo' : 'close-up'}`,
    ...[width, ...(structural === 'suspected' ? ['structural?'] : [])].filter((each) => each !== 'unknown'),
  ].join(', ');
}

/** Such as "inspect soon: plumber"; of a panel whether it is repaired or replaced. */
function actionOf({ action, urgency, trade, panel }: MergedFinding): string {
  if (action === 'unknown') return 'unknown';
  const what = panel && panel.remedy !== 'unknown' ? panel.remedy : action;
  const when = { immediate: ' now', soon: ' soon', planned: '', none: '', unknown: '' }[urgency];
  return `${what}${when}: ${tradeInWords(trade)}`;
}
