import type { ModelEvidence } from '../asset-value/value-evidence.ts';

/** What the price model that ships makes of the asset of the example; written by `npm run goldens`. */
export const EXAMPLE_MODEL_EVIDENCE: ModelEvidence = {
  status: 'predicted',
  market: 'Values a house in King County, Washington, as it would be sold.',
  prediction: {
    valueCents: 45167630,
    p10Cents: 32465903,
    p50Cents: 45167630,
    p90Cents: 56079513,
    currency: 'USD',
    kindOfPrice: 'sold',
    vintage: { from: '2014-05-02', to: '2015-05-27' },
    interval: {
      levelRatio: 0.8,
      coverageRatio: 0.801,
      band: { fromCents: 32810654, toCents: 46851271, coverageRatio: 0.807 },
      heldOutRows: 2627,
    },
    flags: [
      {
        code: 'missing',
        fact: 'waterfront',
        message: 'waterfront is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'view',
        message: 'view is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'condition',
        message: 'condition is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'aboveGroundSqft',
        message: 'aboveGroundSqft is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'basementSqft',
        message: 'basementSqft is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'latitude',
        message: 'latitude is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'longitude',
        message: 'longitude is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'neighbourLivingAreaSqft',
        message: 'neighbourLivingAreaSqft is not given; the price of rows without it differs more',
        widens: true,
      },
      {
        code: 'missing',
        fact: 'neighbourLotAreaSqft',
        message: 'neighbourLotAreaSqft is not given; the price of rows without it differs more',
        widens: true,
      },
    ],
    contributions: [
      { facts: ['latitude', 'longitude', 'zipCode'], words: 'place (ZIP 98103): +$116,212', cents: 11621242 },
      {
        facts: ['livingAreaSqft', 'aboveGroundSqft', 'basementSqft'],
        words: 'living area, in sqft, 670 below other houses (1,910): −$68,396',
        cents: -6839619,
      },
      { facts: ['grade'], words: 'grade of construction 7: −$27,857', cents: -2785719 },
      { facts: ['yearBuilt', 'yearRenovated'], words: 'built in 1962: −$14,414', cents: -1441367 },
      { facts: ['condition'], words: 'condition not given: +$14,354', cents: 1435366 },
      { facts: ['bathrooms'], words: 'bathrooms 1.5: −$12,397', cents: -1239703 },
      { facts: ['bedrooms'], words: 'bedrooms 2: −$10,825', cents: -1082533 },
      {
        facts: ['neighbourLivingAreaSqft', 'neighbourLotAreaSqft'],
        words: 'size of the nearest houses not given: −$9,715',
        cents: -971544,
      },
      { facts: ['lotAreaSqft'], words: 'lot, in sqft, 2,809 below other houses (7,609): −$5,396', cents: -539620 },
      { facts: ['view'], words: 'view not given: −$744', cents: -74390 },
      { facts: ['floors'], words: 'floors 1: +$698', cents: 69808 },
      { facts: ['waterfront'], words: 'waterfront not given: +$268', cents: 26825 },
    ],
    baseCents: 46988884,
    model: { name: 'house-king-county', version: '1.1.0' },
    inputsHash: 'ccf0558003228d6a0029004c3f49e1ebb490c4513fb7c59a4dfd576a70774085',
  },
  leftOut: [],
};
