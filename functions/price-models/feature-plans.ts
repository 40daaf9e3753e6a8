import type { FeaturePlan } from './features/feature.ts';
import { HOUSE_PLAN } from './features/house-features.ts';
import { UK_VEHICLE_PLAN, US_VEHICLE_PLAN } from './features/vehicle-features.ts';
import type { PriceModelSchema } from './price-model-schema.ts';

/** The rules by which facts become features, by the name that a model gives. */
export const PLANS: Record<PriceModelSchema['plan'], FeaturePlan> = {
  'us-vehicle': US_VEHICLE_PLAN,
  'uk-vehicle': UK_VEHICLE_PLAN,
  house: HOUSE_PLAN,
};

const factsOf = ({ features }: FeaturePlan): ReadonlySet<string> => new Set(features.flatMap(({ facts }) => facts));

/** The facts that any feature of a plan is computed from. */
export const USED_FACTS: Record<PriceModelSchema['plan'], ReadonlySet<string>> = {
  'us-vehicle': factsOf(US_VEHICLE_PLAN),
  'uk-vehicle': factsOf(UK_VEHICLE_PLAN),
  house: factsOf(HOUSE_PLAN),
};
