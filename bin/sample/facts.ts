import type { Asset } from '../../functions/assets/asset.ts';

/** Facts of the sample, made up: a house where the price model of houses knows sales. */
const SAMPLE_FACTS = {
  zipCode: '98103',
  latitude: 47.67,
  longitude: -122.34,
  livingAreaSqft: 1800,
  lotAreaSqft: 5000,
  bedrooms: 3,
  bathrooms: 2,
  floors: 1.5,
  waterfront: false,
  view: 0,
  assessorGrade: 7,
  aboveGroundSqft: 1800,
  basementSqft: 0,
  yearBuilt: 1950,
} as const satisfies Omit<Extract<Asset, { kind: 'property' }>, 'kind'>;

/** The asset of the sample, with facts of its own where nobody gave any. @param given there is a file of facts */
export const withSampleFacts = (asset: Asset, given: boolean): Asset =>
  asset.kind === 'property' && !given ? { ...SAMPLE_FACTS, ...asset } : asset;
