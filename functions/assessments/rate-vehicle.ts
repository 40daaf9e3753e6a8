import type { Vehicle } from '../assets/asset.ts';
import type { VehicleCondition } from '../photos/photo-assessment.ts';
import { combine, interpolate, type Statement } from './estimate.ts';
import { copiesAmong, type View } from './photo-views.ts';
import { VEHICLE_CLASSES, type VehicleRating } from './rating.ts';
import { VEHICLE_RATING_RULES } from './vehicle-rating-rules.ts';

const RULES = VEHICLE_RATING_RULES;

type Settled = VehicleCondition & { readonly severity: keyof typeof RULES.severityPoints; readonly photoId: string };

/**
 * The NAAA grade of a vehicle, continuous from 5 (extra clean) to 0, and in steps of 0.5.
 *
 * Facts (mileage, model year, stated condition) give the expected score; damage on the photos lowers it, never raises it.
 * Frame and flood damage cap it at 2. With fewer than two usable photos on which the model is certain it is
 * `undetermined`.
 *
 * @param views usable; of copies of one picture the worst counts
 */
export function rateVehicle(facts: Vehicle, views: readonly View[], now: Date): VehicleRating {
  const settled = worstOfCopies(views.flatMap(settledView), copiesAmong(views));
  if (settled.length < RULES.leastViews) return undetermined(views, settled.length);
  const { expected, reasons } = expectedCondition(facts, now);
  const structural = [facts.frameDamage && 'frame damage', facts.floodDamage && 'flood damage'].filter(
    (each) => each !== undefined && each !== false,
  );
  const damaged = expected.score - damagePoints(settled);
  const score = Math.max(0, Math.min(damaged, structural.length > 0 ? RULES.mostWithStructuralDamage : 5));
  return {
    scale: 'NAAA',
    status: 'rated',
    score: Math.round(score * 100) / 100,
    grade: Math.round(score * 2) / 2,
    class: classOf(score),
    reasons: [
      ...structural.map((each) => `stated ${each}: grade ${RULES.mostWithStructuralDamage} at most`),
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

const pointsOf = ({ severity, confidenceRatio }: Settled): number => RULES.severityPoints[severity] * confidenceRatio;

function damagePoints(views: readonly Settled[]): number {
  const points = views.map(pointsOf).toSorted((a, b) => b - a);
  const [worst = 0, ...others] = points;
  const sum = worst + RULES.furtherViewShare * others.reduce((total, each) => total + each, 0);
  return RULES.damageTakes.most * (1 - Math.exp(-sum / RULES.damageTakes.pointsScale));
}

function expectedCondition(facts: Vehicle, now: Date): { expected: Statement; reasons: readonly string[] } {
  const { statedCondition: stated, odometerMiles, modelYear } = facts;
  const statements: (Statement & { reason: string })[] = [];
  const say = (score: number, spread: number, reason: string): void => void statements.push({ score, spread, reason });
  if (stated) say(RULES.scoreOfStated[stated], RULES.statedSpread, `stated condition ${stated.replaceAll('_', ' ')}`);
  if (odometerMiles !== undefined) {
    const score = interpolate(RULES.scoreByMiles, odometerMiles);
    say(score, RULES.wearSpread, `${odometerMiles} miles: use alone gives about ${score.toFixed(1)}`);
  }
  if (modelYear !== undefined) {
    const score = interpolate(RULES.scoreByAge, Math.max(0, now.getUTCFullYear() - modelYear));
    say(score, RULES.wearSpread, `model year ${modelYear}: age alone gives about ${score.toFixed(1)}`);
  }
  const reasons = statements.map(({ reason }) => reason);
  return {
    expected: combine([RULES.typical, ...statements]),
    reasons: reasons.length > 0 ? reasons : ['no facts on mileage, age or condition: assumed to be a typical used car'],
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
    missing: [`at least ${RULES.leastViews} sharp photos of the whole vehicle from different sides`],
  };
}
