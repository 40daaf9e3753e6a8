import { SEVERITIES, type Severity } from '../photos/photo-assessment.ts';
import type { GradeBound } from './grade-distribution.ts';
import { copiesAmong, type View } from './photo-views.ts';
import { type DamagedPanel, damageOf, panelsOf, rankOf, showsFaceOf, toldPanel } from './vehicle-panel-damage.ts';
import type { VehicleRatingRules } from './vehicle-rating-policy.ts';
import { VEHICLE_MODEL_RATES } from './vehicle-rating-rules.ts';

/** Numbers of pictures with damage, some of them with severe damage, and without. */
export type Calls = { readonly damaged: number; readonly severe: number; readonly undamaged: number };

/** Panels whose damage rests on the same pictures. */
export type PanelGroup = {
  /** `told`: the words of its owner say which pictures show this panel; otherwise any picture may */
  readonly told: boolean;
  readonly calls: Calls;
  /** the worst and surest first */
  readonly panels: readonly DamagedPanel[];
};

/** What the photos of a vehicle show; copies of a picture count once. */
export type VehicleViews = Omit<Calls, 'severe'> & {
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
  const ofTold = new Set(told.flatMap(without));
  const callsOf = (some: readonly DamagedPanel[], refuting: readonly View[][]): Calls => {
    const photoIds = new Set(some.flatMap((panel) => panel.photoIds));
    const showing = damaged.filter((copies) => copies.some(({ photoId }) => photoIds.has(photoId)));
    return { damaged: showing.length, severe: showing.filter(isSevere).length, undamaged: refuting.length };
  };
  const others = undamaged.filter((copies) => !ofTold.has(copies));
  return [
    ...told.map((panel) => ({ told: true, calls: callsOf([panel], without(panel)), panels: [panel] })),
    ...(rest.length > 0 ? [{ told: false, calls: callsOf(rest, others), panels: rest }] : []),
  ];
}

const isSevere = (copies: readonly View[]): boolean =>
  copies.some(({ vehicle }) => vehicle?.severity === 'severe' && !vehicle.experimental);

/**
 * How likely damage that the model sees is there, 0..1, by Bayes' rule at even odds.
 *
 * The likelihood ratio of a picture is P(its call | damaged) / P(its call | undamaged). Where all pictures show the panel, the odds
 * are the product of their ratios. Where any m of the n pictures may show the damage, they are the mean of the products over all
 * choices of m pictures, for the m that explains the calls best: pictures without damage refute that of another side only a
 * little. Pictures of lesser damage never refute severe damage: they count, or are left out, whichever explains more.
 */
export function damageIsRealRatio({ calls, told }: Pick<PanelGroup, 'calls' | 'told'>): number {
  const { severe, undamaged } = calls;
  const odds = told
    ? likelihoodRatios(calls).reduce((product, ratio) => product * ratio, 1)
    : Math.max(oddsOfAny(calls), severe > 0 ? oddsOfAny({ damaged: severe, severe, undamaged }) : 0);
  return odds / (1 + odds);
}

function oddsOfAny(calls: Calls): number {
  const ratios = likelihoodRatios(calls);
  const means = sumsOfProducts(ratios).map((sum, showing) => sum / choices(ratios.length, showing));
  return Math.max(...means.slice(1));
}

/** Of each picture; one without damage speaks against it, one with severe damage for it the most. */
function likelihoodRatios({ damaged, severe, undamaged }: Calls): number[] {
  const { calledDamagedRatio: called, calledSevereRatio: calledSevere } = VEHICLE_MODEL_RATES;
  return [
    ...Array<number>(severe).fill(calledSevere.damaged / calledSevere.undamaged),
    ...Array<number>(damaged - severe).fill(called.damaged / called.undamaged),
    ...Array<number>(undamaged).fill((1 - called.damaged) / (1 - called.undamaged)),
  ];
}

/** For m = 0 … n the sum of the products of m of the values: the elementary symmetric polynomials. */
function sumsOfProducts(values: readonly number[]): number[] {
  const sums = [1, ...values.map(() => 0)];
  for (const [index, value] of values.entries()) {
    for (let chosen = index + 1; chosen > 0; chosen -= 1)
      sums[chosen] = (sums[chosen] ?? 0) + value * (sums[chosen - 1] ?? 0);
  }
  return sums;
}

/** The number of ways to choose `some` of `all`. */
const choices = (all: number, some: number): number =>
  Array.from({ length: some }, (_, index) => (all - index) / (index + 1)).reduce((ways, factor) => ways * factor, 1);

/**
 * The bounds that damage sets: for each severity one for any panel as bad, and one for several.
 *
 * certainty of any = highest over the groups of P(damage is real) x (1 - product of (1 - confidence)) over their panels as
 * bad; of several = that of the last panel that is needed, P(damage is real) x confidence.
 */
export function boundsOf(
  { groups }: Pick<VehicleViews, 'groups'>,
  { bestGradeWith, severalPanels }: VehicleRatingRules,
): GradeBound[] {
  const real = groups.map((group) => ({ isReal: damageIsRealRatio(group), panels: group.panels }));
  return SEVERITIES.flatMap((severity) => {
    const sure = real.map(({ isReal, panels }) => ({ isReal, confidences: confidencesOf(panels, severity) }));
    const any = sure.map(
      ({ isReal, confidences }) => isReal * (1 - confidences.reduce((none, each) => none * (1 - each), 1)),
    );
    const each = sure.flatMap(({ isReal, confidences }) => confidences.map((confidence) => isReal * confidence));
    const { one, several } = bestGradeWith[severity];
    return [
      { best: one, certainty: Math.max(0, ...any) },
      { best: several, certainty: each.toSorted((a, b) => b - a)[severalPanels - 1] ?? 0 },
    ];
  });
}

/** The confidences of the panels that are damaged as badly or worse. */
const confidencesOf = (panels: readonly DamagedPanel[], severity: Severity): number[] =>
  panels.filter((panel) => rankOf(panel.severity) >= rankOf(severity)).map(({ confidenceRatio }) => confidenceRatio);
