import { FUSED_VALUE } from '../asset-value/fused-value-policy.ts';
import { ASSET_KINDS, type AssetKind } from '../assets/asset.ts';
import { defaultsOf, type InForce } from '../platform/policy-choice.ts';
import type { PolicyUse } from '../platform/policy-use.ts';
import { PHOTO_POLICIES } from './photo-policies.ts';
import { PROPERTY_RATING } from './property-rating-policy.ts';
import { VEHICLE_RATING } from './vehicle-rating-policy.ts';

/** The policies by which a job is concluded. */
export const RATING_POLICIES = {
  ...PHOTO_POLICIES,
  propertyRating: PROPERTY_RATING,
  vehicleRating: VEHICLE_RATING,
  fusedValue: FUSED_VALUE,
} as const;

export type RatingPolicies = InForce<typeof RATING_POLICIES>;

/** The versions on which the answer about an asset of this kind rests: of every kind those of its photos and its value. */
export function usesOf(kind: AssetKind, { uses }: RatingPolicies): PolicyUse[] {
  const { propertyRating, vehicleRating, findings, photos, evidence, fusedValue } = uses;
  switch (kind) {
    case 'property':
      return [propertyRating, findings, photos, evidence, fusedValue];
    case 'vehicle':
      return [vehicleRating, findings, photos, evidence, fusedValue];
    case 'product':
    case 'collectible':
      return [photos, evidence, fusedValue];
  }
}

/** The kinds of assets whose answers rest on a policy. */
export const ratedBy = (policyName: string): AssetKind[] =>
  ASSET_KINDS.filter((kind) => usesOf(kind, defaultsOf(RATING_POLICIES)).some(({ name }) => name === policyName));
