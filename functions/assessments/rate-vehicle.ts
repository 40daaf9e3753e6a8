import type { Vehicle } from '../assets/asset.ts';
import { mix } from './class-distribution.ts';
import {
  bounded,
  expectedGrade,
  GRADES,
  type GradeBound,
  type GradeDistribution,
  gradeAtQuantile,
  gradesInWords,
} from './grade-distribution.ts';
import type { View } from './photo-views.ts';
import { VEHICLE_CLASSES, type VehicleRating } from './rating.ts';
import { vehicleCategories } from './vehicle-categories.ts';
import { boundsOf, readVehicleViews, type VehicleViews } from './vehicle-damage.ts';
import type { VehicleRatingRules } from './vehicle-rating-policy.ts';
import {
  damageReasons,
  statementReasons,
  structuralDamageOf,
  structuralReasons,
  viewReasons,
} from './vehicle-reasons.ts';
import { boundOfStatement } from './vehicle-statement.ts';

/**
 * The NAAA grade of a vehicle: a probability for each half step from 5 (extra clean) to 0, and from it score, grade, class and
 * range.
 *
 * Frame and flood damage cap it, photos without damage narrow it, damage bounds it as surely as the model is right, and
 * the owner's statement can only make it worse. Without a photo on which the model is sure it is `undetermined`.
 *
 * @param views usable; copies of a picture are one
 */
export function rateVehicle(facts: Vehicle, views: readonly View[], rules: VehicleRatingRules): VehicleRating {
  const shown = readVehicleViews(views);
  const about = { scale: 'NAAA' as const, categories: vehicleCategories(facts, shown), ...useAndAge(facts) };
  if (shown.damaged + shown.undamaged === 0) return { ...about, ...undetermined(facts, shown, rules) };
  const seen = bounded(withoutDamage(shown, rules), [...capsOf(facts, rules), ...boundsOf(shown, rules)]);
  const distribution = withStatement(seen, facts, rules);
  const figures = figuresOf(distribution);
  return {
    ...about,
    status: 'rated',
    ...figures,
    // The mean of a skewed distribution can lie outside of its quantiles.
    range: {
      from: Math.max(figures.grade, gradeAtQuantile(distribution, rules.rangeQuantiles.from)),
      to: Math.min(figures.grade, gradeAtQuantile(distribution, rules.rangeQuantiles.to)),
    },
    probabilities: probabilitiesOf(distribution),
    seen: figuresOf(seen),
    ...(facts.statedCondition && { stated: comparedStatement(facts.statedCondition, seen, rules) }),
    reasons: [
      ...structuralReasons(facts, rules),
      ...damageReasons(shown, rules),
      ...viewReasons(shown, rules),
      ...statementReasons(facts, rules),
      `${gradesInWords(distribution)}: on average ${figures.score.toFixed(2)}`,
    ],
  };
}

/** What the photos without damage make likely, before any bound. */
const withoutDamage = (
  { undamaged }: VehicleViews,
  { noDamageVisible, nothingSeen, enoughViews }: VehicleRatingRules,
): GradeDistribution => mix(noDamageVisible, nothingSeen, Math.min(1, undamaged / enoughViews));

type Stated = NonNullable<Vehicle['statedCondition']>;

const capsOf = (facts: Vehicle, { mostWithStructuralDamage }: VehicleRatingRules): GradeBound[] =>
  structuralDamageOf(facts).map(() => ({ best: mostWithStructuralDamage, certainty: 1 }));

function withStatement(
  seen: GradeDistribution,
  { statedCondition: stated }: Vehicle,
  rules: VehicleRatingRules,
): GradeDistribution {
  const bound = stated && boundOfStatement(stated, rules);
  return bound ? bounded(seen, [bound]) : seen;
}

/** The only rounding: the mean to 0.01, that to the nearest grade (a tie goes to the worse), and the class by the grade. */
function figuresOf(distribution: GradeDistribution) {
  const score = Math.round(expectedGrade(distribution) * 100) / 100;
  const grade = Math.ceil(score * 2 - 0.5) / 2;
  return { score, grade, class: classOf(grade) };
}

const classOf = (grade: number): (typeof VEHICLE_CLASSES)[number] =>
  VEHICLE_CLASSES[5 - Math.floor(grade)] ?? 'inoperable';

const probabilitiesOf = (distribution: GradeDistribution) =>
  GRADES.map((grade, index) => ({ grade, probability: Math.round((distribution[index] ?? 0) * 1000) / 1000 })).filter(
    ({ probability }) => probability > 0,
  );

const useAndAge = ({ odometerMiles, modelYear }: Vehicle): Pick<VehicleRating, 'facts'> =>
  odometerMiles === undefined && modelYear === undefined
    ? {}
    : {
        facts: { ...(odometerMiles !== undefined && { odometerMiles }), ...(modelYear !== undefined && { modelYear }) },
      };

/** What the owner's statement did to the rating, in words. */
function comparedStatement(
  stated: Stated,
  seen: GradeDistribution,
  { rangeQuantiles }: VehicleRatingRules,
): NonNullable<VehicleRating['stated']> {
  const { score, class: name } = figuresOf(seen);
  const best = gradeAtQuantile(seen, rangeQuantiles.from);
  const outcome =
    rankOf(stated) > rankOf(name) ? 'makes_worse' : rankOf(stated) < rankOf(classOf(best)) ? 'contradicted' : 'agrees';
  const figures = `what is seen, ${spaced(name)} (${score.toFixed(2)})`;
  const holds = stated === 'rough' ? ", and against the owner's interest, so it holds" : '';
  const meaning = {
    agrees: `${figures}, does not contradict it, and is not bettered by it`,
    makes_worse: `worse than ${figures}${holds}`,
    contradicted: `the facts and the photos make ${best} the best that is likely`,
  }[outcome];
  return { class: stated, outcome, meaning: `stated ${spaced(stated)}: ${meaning}` };
}

/** 0 for the best class. */
const rankOf = (name: (typeof VEHICLE_CLASSES)[number]): number => VEHICLE_CLASSES.indexOf(name);

function undetermined(facts: Vehicle, { unsure }: VehicleViews, rules: VehicleRatingRules) {
  const stated = facts.statedCondition;
  const against = [
    ...capsOf(facts, rules).map(({ best }) => best),
    ...(stated === 'rough' ? [rules.bestGradeOfStated.rough] : []),
  ];
  return {
    status: 'undetermined' as const,
    ...(against.length > 0 && { noBetterThan: Math.min(...against) }),
    ...(stated && { stated: { class: stated, outcome: 'not_compared' as const, meaning: notCompared(stated) } }),
    reasons: [
      ...structuralReasons(facts, rules),
      ...(stated === 'rough' ? statementReasons(facts, rules) : []),
      `no usable photo of the vehicle on which the model is sure${unsure > 0 ? `, ${unsure} on which it is not` : ''}`,
    ],
    missing: ['usable photos of the whole vehicle: front, rear and both sides'],
  };
}

const notCompared = (stated: Stated): string =>
  stated === 'rough'
    ? "stated rough, against the owner's interest: the vehicle is no better, whatever the photos show"
    : `stated ${spaced(stated)}; the photos do not show enough to compare`;

const spaced = (name: string): string => name.replaceAll('_', ' ');
