import type { Vehicle } from '../assets/asset.ts';
import { certaintyInWords } from '../photos/certainty.ts';
import { SEVERITIES } from '../photos/photo-assessment.ts';
import { panelInWords } from './finding-text.ts';
import { damageIsRealRatio, type PanelGroup, type VehicleViews } from './vehicle-damage.ts';
import { asRows, type DamagedPanel } from './vehicle-panel-damage.ts';
import type { VehicleRatingRules } from './vehicle-rating-policy.ts';
import { VEHICLE_MODEL_RATES } from './vehicle-rating-rules.ts';
import { boundOfStatement } from './vehicle-statement.ts';

/** The damage that caps the grade, as the owner states it. */
export const structuralDamageOf = ({ frameDamage, floodDamage }: Vehicle): string[] => [
  ...(frameDamage ? ['frame damage'] : []),
  ...(floodDamage ? ['flood damage'] : []),
];

/** The caps that follow from it. */
export const structuralReasons = (facts: Vehicle, rules: VehicleRatingRules): string[] =>
  structuralDamageOf(facts).map((damage) => `stated ${damage}: ${rules.mostWithStructuralDamage} at best`);

/** What the owner's statement leaves; "extra clean" bounds nothing. */
export function statementReasons({ statedCondition: stated }: Vehicle, rules: VehicleRatingRules): string[] {
  const bound = stated && boundOfStatement(stated, rules);
  if (!bound) return [];
  const words = `stated ${stated}: ${bound.best} at best`;
  return [
    stated === 'rough'
      ? `${words}, against the owner's interest`
      : `${words}, believed with ${percent(bound.certainty)}`,
  ];
}

/** What damage is seen, and how sure it is. */
export function damageReasons(shown: VehicleViews, rules: VehicleRatingRules): string[] {
  const { undamaged, panels, groups } = shown;
  if (panels.length === 0) return [`no damage visible on ${count(undamaged, 'photo')}`];
  return [
    ...asRows(panels).map((panel) => `${described(panel)}: ${rules.bestGradeWith[panel.severity].one} at best`),
    ...severalReasons(panels, rules),
    ratesReason(groups),
    ...groups.map(certaintyReason),
  ];
}

/** The measured rates that the certainty is computed from. */
function ratesReason(groups: readonly PanelGroup[]): string {
  const { calledDamagedRatio: called, calledSevereRatio: severe } = VEHICLE_MODEL_RATES;
  const isSevere = groups.some(({ calls }) => calls.severe > 0);
  const ofSevere = isSevere
    ? `, and of whole vehicles ${percent(severe.damaged)} and ${percent(severe.undamaged)} severely damaged`
    : '';
  return `the model calls ${percent(called.damaged)} of damaged and ${percent(called.undamaged)} of undamaged pieces damaged${ofSevere}, so better grades stay possible`;
}

/** How sure the damage of a group is, with the numbers that it is computed from. */
function certaintyReason(group: PanelGroup): string {
  const { damaged, severe, undamaged } = group.calls;
  const ofSevere = severe > 0 ? ` (${severe} of it severe)` : '';
  const [first] = group.panels;
  const which = group.told && first ? `${panelInWords(first.panel)}: ` : '';
  return `${which}with ${count(damaged, 'photo')} of damage${ofSevere} and ${undamaged} without, damage is there with ${certaintyInWords(damageIsRealRatio(group))}`;
}

/** The bounds of several damaged panels, each with the number of panels that are damaged as badly or worse. */
function severalReasons(
  panels: readonly DamagedPanel[],
  { bestGradeWith, severalPanels }: VehicleRatingRules,
): string[] {
  return SEVERITIES.toReversed().flatMap((severity, index, worstFirst) => {
    const number = panels.filter((panel) => worstFirst.indexOf(panel.severity) <= index).length;
    const { several } = bestGradeWith[severity];
    const orWorse = index > 0 ? ' or worse' : '';
    return number >= severalPanels
      ? [`${severity}${orWorse} damage on ${number} panels or photos: ${several} at best`]
      : [];
  });
}

/** What the number of photos does to the range. */
export function viewReasons({ undamaged, unsure }: VehicleViews, { enoughViews }: VehicleRatingRules): string[] {
  const few = undamaged < enoughViews;
  return [
    ...(few
      ? [
          `${undamaged} of ${enoughViews} views without damage: the range stays wide; front, rear and both sides narrow it`,
        ]
      : []),
    ...(unsure > 0 ? [`${count(unsure, 'photo')} on which the model is not sure`] : []),
  ];
}

const described = ({ panel, severity, confidenceRatio, photoIds }: DamagedPanel): string =>
  `${severity} damage${panelInWords(panel) === 'vehicle' ? '' : ` on the ${panelInWords(panel)}`} (${certaintyInWords(confidenceRatio)}, ${photoIds.join(', ')})`;

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
