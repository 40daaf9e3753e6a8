import type { Vehicle } from '../assets/asset.ts';
import type { VehicleCondition } from '../photos/photo-assessment.ts';
import { combine, interpolate, type Statement } from './estimate.ts';
import { copiesAmong, type View } from './photo-views.ts';
import { VEHICLE_CLASSES, type VehicleRating } from './rating.ts';

/** The usual used car is between average (3) and clean (4). */
const USUAL: Statement = { score: 3.5, spread: 0.8 };
/** NAAA's names on its scale. */
const STATED_SCORE = { extra_clean: 5, clean: 4, average: 3, rough: 2 } as const;
const STATED_SPREAD = 0.5;
/** What use and years alone make of a car that was looked after. */
const SCORE_BY_MILES = [
  [0, 5],
  [15_000, 4.6],
  [45_000, 4],
  [90_000, 3.3],
  [150_000, 2.6],
  [250_000, 1.8],
] as const;
const SCORE_BY_AGE = [
  [0, 5],
  [3, 4.4],
  [7, 3.8],
  [12, 3.2],
  [20, 2.5],
] as const;
const WEAR_SPREAD = 0.7;
/** NAAA: a damaged frame or a flood is grade 2 at most. */
const MOST_WITH_STRUCTURAL_DAMAGE = 2;

const SEVERITY_POINTS = { undamaged: 0, minor: 0.5, moderate: 1.2, severe: 2.4 } as const;
/** Further views of damage may show the same damage: they count a sixth. */
const FURTHER_VIEW_SHARE = 1 / 6;
const MOST_DAMAGE = 4;
const DAMAGE_SCALE = 2;

const LEAST_VIEWS = 2;

type Settled = VehicleCondition & { readonly severity: keyof typeof SEVERITY_POINTS; readonly photoId: string };

/**
 * The NAAA grade of a vehicle, continuous from 5 (extra clean) to 0, and in steps of 0.5.
 *
 * Facts (mileage, model year, stated condition) say where use should have brought it; damage on the photos takes points
 * off, never adds. Frame and flood damage cap it at 2. Fewer than two usable photos that the model is sure of:
 * `undetermined`.
 *
 * @param views usable; of copies of one picture the worst counts
 */
export function rateVehicle(facts: Vehicle, views: readonly View[], now: Date): VehicleRating {
  const settled = worstOfCopies(views.flatMap(settledView), copiesAmong(views));
  if (settled.length < LEAST_VIEWS) return undetermined(views, settled.length);
  const { expected, reasons } = expectedCondition(facts, now);
  const structural = [facts.frameDamage && 'frame damage', facts.floodDamage && 'flood damage'].filter(
    (each) => each !== undefined && each !== false,
  );
  const damaged = expected.score - damagePoints(settled);
  const score = Math.max(0, Math.min(damaged, structural.length > 0 ? MOST_WITH_STRUCTURAL_DAMAGE : 5));
  return {
    scale: 'NAAA',
    status: 'rated',
    score: Math.round(score * 100) / 100,
    grade: Math.round(score * 2) / 2,
    class: classOf(score),
    reasons: [
      ...structural.map((each) => `stated ${each}: grade ${MOST_WITH_STRUCTURAL_DAMAGE} at most`),
      ...photoReasons(settled),
      ...reasons,
    ],
  };
}

function settledView({ photoId, vehicle }: View): Settled[] {
  if (!vehicle || vehicle.experimental || vehicle.severity === 'undetermined') return [];
  return [{ ...vehicle, severity: vehicle.severity, photoId }];
}

function worstOfCopies(views: readonly Settled[], copies: readonly (readonly string[])[]): Settled[] {
  return views.filter((view, index) => {
    const group = copies.find((members) => members.includes(view.photoId)) ?? [];
    return views.every((other, place) => {
      const rival = place !== index && group.includes(other.photoId);
      return !rival || pointsOf(view) > pointsOf(other) || (pointsOf(view) === pointsOf(other) && index < place);
    });
  });
}

const pointsOf = ({ severity, confidenceRatio }: Settled): number => SEVERITY_POINTS[severity] * confidenceRatio;

function damagePoints(views: readonly Settled[]): number {
  const points = views.map(pointsOf).toSorted((a, b) => b - a);
  const [worst = 0, ...others] = points;
  const sum = worst + FURTHER_VIEW_SHARE * others.reduce((total, each) => total + each, 0);
  return MOST_DAMAGE * (1 - Math.exp(-sum / DAMAGE_SCALE));
}

function expectedCondition(facts: Vehicle, now: Date): { expected: Statement; reasons: readonly string[] } {
  const { statedCondition: stated, odometerMiles, modelYear } = facts;
  const statements: (Statement & { reason: string })[] = [];
  const say = (score: number, spread: number, reason: string): void => void statements.push({ score, spread, reason });
  if (stated) say(STATED_SCORE[stated], STATED_SPREAD, `stated condition ${stated.replaceAll('_', ' ')}`);
  if (odometerMiles !== undefined) {
    const score = interpolate(SCORE_BY_MILES, odometerMiles);
    say(score, WEAR_SPREAD, `${odometerMiles} miles: use alone would make it about ${score.toFixed(1)}`);
  }
  if (modelYear !== undefined) {
    const score = interpolate(SCORE_BY_AGE, Math.max(0, now.getUTCFullYear() - modelYear));
    say(score, WEAR_SPREAD, `model year ${modelYear}: age alone would make it about ${score.toFixed(1)}`);
  }
  const reasons = statements.map(({ reason }) => reason);
  return {
    expected: combine([USUAL, ...statements]),
    reasons: reasons.length > 0 ? reasons : ['no facts on mileage, age or condition: taken as a usual used car'],
  };
}

/** The class whose grade is nearest, from 5 downwards. */
const classOf = (score: number): (typeof VEHICLE_CLASSES)[number] =>
  VEHICLE_CLASSES[5 - Math.round(score)] ?? 'inoperable';

function photoReasons(views: readonly Settled[]): string[] {
  const damaged = views
    .filter(({ severity }) => severity !== 'undamaged')
    .toSorted((a, b) => pointsOf(b) - pointsOf(a));
  if (damaged.length === 0) return [`no damage seen on ${views.length} usable photos`];
  return damaged.map(({ severity, confidenceRatio, parts, photoId }) => {
    const where = parts.filter(({ experimental }) => !experimental).map(({ part }) => part.replaceAll('_', ' '));
    return `${severity} damage${where.length > 0 ? ` at ${where.join(', ')}` : ''} (${Math.round(confidenceRatio * 100)} %, ${photoId})`;
  });
}

function undetermined(views: readonly View[], sure: number): VehicleRating {
  const shown = views.filter(({ vehicle }) => vehicle !== undefined).length;
  return {
    scale: 'NAAA',
    status: 'undetermined',
    reasons: [`${views.length} usable photos, ${shown} of a vehicle, ${sure} on which its condition is certain`],
    missing: [`at least ${LEAST_VIEWS} sharp photos of the whole vehicle from different sides`],
  };
}
