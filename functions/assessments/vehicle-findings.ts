import type { MergedFinding } from './assessment.ts';
import type { Panel } from './defect.ts';
import { panelInWords, vehicleFindingText } from './finding-text.ts';
import type { View } from './photo-views.ts';
import { picturesOf } from './vehicle-damage.ts';
import { asRows, type DamagedPanel, damageOf, panelsOf } from './vehicle-panel-damage.ts';
import { remedyFor, tradeFor } from './vehicle-panels.ts';

/**
 * The damage of a vehicle by panel, and of the whole where no panel is certain; the panels and confidences are those of its rating.
 */
export function vehicleFindings(views: readonly View[]): MergedFinding[] {
  const pictures = picturesOf(views);
  return [false, true].flatMap((experimental) => {
    const panels = panelsOf(pictures.map((copies) => copies.flatMap((view) => damageOf(view, { experimental }))));
    return asRows(panels).map((each) => findingOf(each, experimental));
  });
}

function findingOf(
  { panel: seen, severity, confidenceRatio, photoIds }: DamagedPanel,
  experimental: boolean,
): MergedFinding {
  const { is, location, confidenceRatio: partRatio, name, end, side, damageType } = seen;
  const panel: Panel = { name, end, side, damageType, remedy: remedyFor(name, severity), confidenceRatio: partRatio };
  const trade = tradeFor(name);
  const place = panelInWords(panel);
  return {
    kind: 'vehicle_damage',
    place,
    location: location ?? (is === 'guessed' ? 'panel not stated' : place),
    placeIs: is,
    side: 'exterior',
    section: 'not_applicable',
    feature: 'not_applicable',
    description: vehicleFindingText(panel, severity, photoIds.length, trade),
    severity,
    severityReadFrom: 'model',
    extent: { readFrom: 'none', meaning: 'extent unknown: no model says where on the photo it is', crack: null },
    affectsSoundness: 'unknown',
    action: panel.remedy === 'unknown' ? 'inspect' : 'repair',
    urgency: severity === 'severe' ? 'soon' : 'planned',
    trade,
    panel,
    confidenceRatio,
    areaRatio: null,
    experimental,
    photoIds: [...photoIds],
  };
}
