import * as concluding from '../../../functions/assessments/conclude.ts';
import * as property from '../../../functions/assessments/rate-property.ts';
import * as vehicle from '../../../functions/assessments/rate-vehicle.ts';
import { RATING_POLICIES } from '../../../functions/assessments/rating-policies.ts';
import * as damage from '../../../functions/assessments/vehicle-damage.ts';
import { defaultsOf } from '../../../functions/platform/policy-choice.ts';

/** The rules under the default policies, for tests that are about something else than policies. */
export const DEFAULTS = defaultsOf(RATING_POLICIES);
const { propertyRating, vehicleRating } = DEFAULTS.documents;

type Conclude = typeof concluding.conclude;
export const conclude = (job: Parameters<Conclude>[0], photos: Parameters<Conclude>[1], now: Date) =>
  concluding.conclude(job, photos, DEFAULTS, now);

type RateProperty = typeof property.rateProperty;
export const rateProperty = (facts: Parameters<RateProperty>[0], evidence: Parameters<RateProperty>[1], now: Date) =>
  property.rateProperty(facts, evidence, now, propertyRating);

type RateVehicle = typeof vehicle.rateVehicle;
export const rateVehicle = (facts: Parameters<RateVehicle>[0], views: Parameters<RateVehicle>[1]) =>
  vehicle.rateVehicle(facts, views, vehicleRating);

export const boundsOf = (views: Parameters<typeof damage.boundsOf>[0]) => damage.boundsOf(views, vehicleRating);
