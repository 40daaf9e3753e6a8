import { SEVERITIES, type Severity } from '../photos/photo-assessment.ts';
import type { GradeBound } from './grade-distribution.ts';
import { copiesAmong, type View } from './photo-views.ts';
import { type DamagedPanel, damageOf, panelsOf, rankOf, showsFaceOf, toldPanel } from './vehicle-panel-damage.ts';
import { VEHICLE_RATING_RULES as RULES } from './vehicle-rating-rules.ts';

/** Numbers of pictures with and without damage. */
export type Calls = { readonly damaged: number; readonly undamaged: number };

/** Panels whose damage rests on the same pictures. */
export type PanelGroup = {
  /** `told`: the words of its owner say which pictures show this panel; otherwise any picture may */
  readonly told: boolean;
  readonly calls: Calls;
  /** the worst and surest first */
  readonly panels: readonly DamagedPanel[];
};

/** What the photos of a vehicle show; copies of a picture count once. */
export type VehicleViews = Calls & {
  /** on which the model is not sure, or says nothing but an experimental severity */
  readonly unsure: number;
  readonly groups: readonly PanelGroup[];
  /** of all groups, the worst and surest first */
  readonly panels: readonly DamagedPanel[];
};

/**
 * What the photos show, whatever their order.
 *
 * "Undamaged" counts although the model marks it experimental: it adds no finding, and says that there was something to look
 * at. An experimental severity and an experimental part move nothing.
 */
export function readVehicleViews(views: readonly View[]): VehicleViews {
  const pictures = picturesOf(views);
  const damages = pictures.map((copies) => copies.flatMap((view) => damageOf(view, { experimental: false })));
  const damaged = pictures.filter((_, index) => damages[index]?.length);
  const undamaged = pictures.filter((copies, index) => !damages[index]?.length && copies.some(isUndamaged));
  const panels = panelsOf(damages);
  return {
    undamaged: undamaged.length,
    damaged: damaged.length,
    unsure: pictures.length - undamaged.length - damaged.length,
    groups: groupsOf(panels, { damaged, undamaged }),
    panels,
  };
}

const isUndamaged = ({ vehicle }: View): boolean => vehicle?.severity === 'undamaged';

/** The views of a vehicle, copies of one picture together. */
export function picturesOf(views: readonly View[]): View[][] {
  const ofVehicle = views
    .filter(({ vehicle }) => vehicle !== undefined)
    .toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1));
  const copies = copiesAmong(ofVehicle);
  const groups = Map.groupBy(ofVehicle, ({ photoId }) => copies.find((ids) => ids.includes(photoId))?.[0] ?? photoId);
  return [...groups.values()];
}

type Pictures = { readonly damaged: readonly View[][]; readonly undamaged: readonly View[][] };

/**
 * A panel of which the owner's words say that another picture shows it without damage is judged by these pictures alone; all others
 * together, because any picture may show them.
 */
function groupsOf(panels: readonly DamagedPanel[], { damaged, undamaged }: Pictures): PanelGroup[] {
  const without = (panel: DamagedPanel) =>
    undamaged.filter((copies) => copies.some((view) => showsFaceOf(panel, view)));
  const told = panels.filter((panel) => toldPanel(panel) && without(panel).length > 0);
  const rest = panels.filter((panel) => !told.includes(panel));
  const shownBy = (some: readonly DamagedPanel[]): number =>
    damaged.filter((copies) => copies.some(({ photoId }) => some.some(({ photoIds }) => photoIds.includes(photoId))))
      .length;
  const ofTold = new Set(told.flatMap(without));
  return [
    ...told.map((panel) => ({
      told: true,
      calls: { damaged: shownBy([panel]), undamaged: without(panel).length },
      panels: [panel],
    })),
    ...(rest.length > 0
      ? [
          {
            told: false,
            calls: { damaged: shownBy(rest), undamaged: undamaged.filter((copies) => !ofTold.has(copies)).length },
            panels: rest,
          },
        ]
      : []),
  ];
}

/**
 * How likely damage that the model sees is there, 0..1, by Bayes' rule at even odds.
 *
 * With r = P(called damaged | damaged) / P(called damaged | undamaged) and q the same of "not called", the odds are
 * r^damaged x q^undamaged where all pictures show the panel. Where any m of the n pictures may show the damage, they are the
 * mean of r^j x q^(m - j) over all choices of m pictures, j of them called damaged, for the m that explains the calls best:
 * pictures without damage refute that of another side only a little.
 */
export function damageIsRealRatio({ calls: { damaged, undamaged }, told }: Pick<PanelGroup, 'calls' | 'told'>): number {
  const { damaged: hits, undamaged: falseAlarms } = RULES.calledDamagedRatio;
  const [called, notCalled] = [hits / falseAlarms, (1 - hits) / (1 - falseAlarms)];
  const pictures = damaged + undamaged;
  const oddsIfShownBy = (showing: number): number =>
    Array.from({ length: showing + 1 }, (_, j) => {
      const ways = choices(damaged, j) * choices(undamaged, showing - j);
      return (ways / choices(pictures, showing)) * called ** j * notCalled ** (showing - j);
    }).reduce((sum, odds) => sum + odds, 0);
  const odds = told
    ? called ** damaged * notCalled ** undamaged
    : Math.max(...Array.from({ length: pictures }, (_, index) => oddsIfShownBy(index + 1)));
  return odds / (1 + odds);
}

/** The number of ways to choose `some` of `all`. */
function choices(all: number, some: number): number {
  if (some < 0 || some > all) return 0;
  let ways = 1;
  for (let index = 0; index < some; index += 1) ways = (ways * (all - index)) / (index + 1);
  return ways;
}

/**
 * The bounds that damage sets: for each severity one for any panel as bad, and one for several.
 *
 * certainty of any = highest over the groups of P(damage is real) x (1 - product of (1 - confidence)) over their panels as
 * bad; of several = that of the last panel that is needed, P(damage is real) x confidence.
 */
export function boundsOf({ groups }: Pick<VehicleViews, 'groups'>): GradeBound[] {
  const real = groups.map((group) => ({ isReal: damageIsRealRatio(group), panels: group.panels }));
  return SEVERITIES.flatMap((severity) => {
    const sure = real.map(({ isReal, panels }) => ({ isReal, confidences: confidencesOf(panels, severity) }));
    const any = sure.map(
      ({ isReal, confidences }) => isReal * (1 - confidences.reduce((none, each) => none * (1 - each), 1)),
    );
    const each = sure.flatMap(({ isReal, confidences }) => confidences.map((confidence) => isReal * confidence));
    const { one, several } = RULES.bestGradeWith[severity];
    return [
      { best: one, certainty: Math.max(0, ...any) },
      { best: several, certainty: each.toSorted((a, b) => b - a)[RULES.severalPanels - 1] ?? 0 },
    ];
  });
}

/** The confidences of the panels that are damaged as badly or worse. */
const confidencesOf = (panels: readonly DamagedPanel[], severity: Severity): number[] =>
  panels.filter((panel) => rankOf(panel.severity) >= rankOf(severity)).map(({ confidenceRatio }) => confidenceRatio);
