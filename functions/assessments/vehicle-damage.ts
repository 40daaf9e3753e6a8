import { SEVERITIES, type Severity, type VehicleCondition, type VehiclePart } from '../photos/photo-assessment.ts';
import type { GradeBound } from './grade-distribution.ts';
import { copiesAmong, type View } from './photo-views.ts';
import { VEHICLE_RATING_RULES as RULES } from './vehicle-rating-rules.ts';

/** A damaged part, or what a photo shows where no part of it is certain. */
export type DamagedPanel = {
  readonly part: VehiclePart | undefined;
  readonly severity: Severity;
  readonly confidenceRatio: number;
  readonly photoIds: readonly string[];
};

/** What the photos of a vehicle show; copies of a picture count once. */
export type VehicleViews = {
  readonly undamaged: number;
  readonly damaged: number;
  /** on which the model is not sure, or says nothing but an experimental severity */
  readonly unsure: number;
  /** the worst and surest first */
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
  const damages = pictures.map((copies) => copies.flatMap(damageOf));
  const isUndamaged = ({ vehicle }: View): boolean => vehicle?.severity === 'undamaged';
  const damaged = damages.filter((each) => each.length > 0);
  const undamaged = pictures.filter((copies, index) => !damages[index]?.length && copies.some(isUndamaged));
  return {
    undamaged: undamaged.length,
    damaged: damaged.length,
    unsure: pictures.length - undamaged.length - damaged.length,
    panels: panelsOf(damaged),
  };
}

/** The views of a vehicle, copies of one picture together. */
function picturesOf(views: readonly View[]): View[][] {
  const ofVehicle = views
    .filter(({ vehicle }) => vehicle !== undefined)
    .toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1));
  const copies = copiesAmong(ofVehicle);
  const groups = Map.groupBy(ofVehicle, ({ photoId }) => copies.find((ids) => ids.includes(photoId))?.[0] ?? photoId);
  return [...groups.values()];
}

type Damage = {
  readonly severity: Severity;
  readonly confidenceRatio: number;
  readonly parts: readonly VehiclePart[];
  readonly photoId: string;
};

function damageOf({ photoId, vehicle }: View): Damage[] {
  const severity = vehicle && confirmedSeverityOf(vehicle);
  if (!vehicle || !severity) return [];
  const parts = vehicle.parts.filter(({ experimental }) => !experimental).map(({ part }) => part);
  return [{ severity, confidenceRatio: vehicle.confidenceRatio, parts, photoId }];
}

const confirmedSeverityOf = ({ severity, experimental }: VehicleCondition): Severity | undefined =>
  experimental ? undefined : SEVERITIES.find((each) => each === severity);

/** One panel for each part, and for each picture without a certain part. */
function panelsOf(pictures: readonly (readonly Damage[])[]): DamagedPanel[] {
  const panels = new Map<string, DamagedPanel>();
  for (const copies of pictures) {
    const named = [...new Set(copies.flatMap(({ parts }) => parts))];
    const found = copies.reduce<DamagedPanel | undefined>((worst, copy) => worse(worst, panelOf(copy)), undefined);
    if (!found) continue;
    for (const part of named.length > 0 ? named : [undefined]) {
      const key = part ?? `photo ${found.photoIds[0]}`;
      panels.set(key, worse(panels.get(key), { ...found, part }));
    }
  }
  return [...panels.values()].toSorted(
    (a, b) =>
      rankOf(b.severity) - rankOf(a.severity) ||
      b.confidenceRatio - a.confidenceRatio ||
      nameOf(a).localeCompare(nameOf(b)),
  );
}

const panelOf = ({ severity, confidenceRatio, photoId }: Damage): DamagedPanel => ({
  part: undefined,
  severity,
  confidenceRatio,
  photoIds: [photoId],
});

/** Of two views of a panel the worst severity and the highest confidence, so that another photo never makes it look better. */
const worse = (one: DamagedPanel | undefined, other: DamagedPanel): DamagedPanel =>
  one
    ? {
        part: other.part,
        severity: rankOf(one.severity) > rankOf(other.severity) ? one.severity : other.severity,
        confidenceRatio: Math.max(one.confidenceRatio, other.confidenceRatio),
        photoIds: [...new Set([...one.photoIds, ...other.photoIds])].toSorted(),
      }
    : other;

const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);
const nameOf = ({ part, photoIds }: DamagedPanel): string => `${part ?? ''} ${photoIds.join(' ')}`;

/**
 * How likely damage that the model sees is there, 0..1, by Bayes' rule at even odds: odds = (P(called damaged | damaged) /
 * P(called damaged | undamaged)) ^ photos.
 *
 * Photos without damage do not refute that of another side, so one photo always counts; more of them count as far as they
 * outnumber those without, because half of a sound car's photos are called damaged.
 */
export function damageIsRealRatio({ damaged, undamaged }: Pick<VehicleViews, 'damaged' | 'undamaged'>): number {
  const { damaged: hits, undamaged: falseAlarms } = RULES.calledDamagedRatio;
  return 1 / (1 + (falseAlarms / hits) ** Math.max(1, damaged - undamaged));
}

/**
 * The bounds that damage sets: for each severity one for any panel as bad, and one for several.
 *
 * certainty = P(damage is real) x (1 - product of (1 - confidence)) over the panels as bad; of several, x the confidence of the
 * last that is needed.
 */
export function boundsOf(views: VehicleViews): GradeBound[] {
  const isReal = damageIsRealRatio(views);
  return SEVERITIES.flatMap((severity) => {
    const sure = confidencesOf(views.panels, severity);
    const none = sure.reduce((product, confidence) => product * (1 - confidence), 1);
    const { one, several } = RULES.bestGradeWith[severity];
    return [
      { best: one, certainty: isReal * (1 - none) },
      { best: several, certainty: isReal * (sure[RULES.severalPanels - 1] ?? 0) },
    ];
  });
}

/** The confidences of the panels that are damaged as badly or worse, the surest first. */
const confidencesOf = (panels: readonly DamagedPanel[], severity: Severity): number[] =>
  panels
    .filter((panel) => rankOf(panel.severity) >= rankOf(severity))
    .map(({ confidenceRatio }) => confidenceRatio)
    .toSorted((a, b) => b - a);
