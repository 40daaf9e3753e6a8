import { ASSET_KINDS, type AssetKind } from '../assets/asset.ts';
import { defaultsOf, type InForce } from '../platform/policy-choice.ts';
import type { PolicyUse } from '../platform/policy-use.ts';
import { PROPERTY_RATING } from './property-rating-policy.ts';
import { VEHICLE_RATING } from './vehicle-rating-policy.ts';

/** The policies by which a job is concluded. */
export const RATING_POLICIES = { propertyRating: PROPERTY_RATING, vehicleRating: VEHICLE_RATING } as const;

export type RatingPolicies = InForce<typeof RATING_POLICIES>;

/** The versions on which the answer about an asset of this kind rests. */
export function usesOf(kind: AssetKind, { uses }: RatingPolicies): PolicyUse[] {
  const { propertyRating, vehicleRating } = uses;
  return [...(kind === 'property' ? [propertyRating] : []), ...(kind === 'vehicle' ? [vehicleRating] : [])];
}

/** The kinds of assets whose answers rest on a policy. */
export const ratedBy = (policyName: string): AssetKind[] =>
  ASSET_KINDS.filter((kind) => usesOf(kind, defaultsOf(RATING_POLICIES)).some(({ name }) => name === policyName));
