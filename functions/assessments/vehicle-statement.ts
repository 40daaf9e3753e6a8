import type { Vehicle } from '../assets/asset.ts';
import type { GradeBound } from './grade-distribution.ts';
import type { VehicleRatingRules } from './vehicle-rating-policy.ts';

type Stated = NonNullable<Vehicle['statedCondition']>;

/** The bound that the class which an owner states sets; none for "extra clean". "Rough" is believed outright. */
export function boundOfStatement(stated: Stated, rules: VehicleRatingRules): GradeBound | undefined {
  if (stated === 'extra_clean') return undefined;
  const best = rules.bestGradeOfStated[stated];
  return { best, certainty: stated === 'rough' ? 1 : rules.statedCertainty[stated] };
}
