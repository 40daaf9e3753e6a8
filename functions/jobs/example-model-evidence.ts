import type { ModelEvidence } from '../asset-value/value-evidence.ts';

/** What the price model that ships makes of the asset of the example; written by `npm run goldens`. */
export const EXAMPLE_MODEL_EVIDENCE: ModelEvidence = {
  status: 'predicted',
  market: 'Values a house in King County, Washington, as it would be sold.',
  prediction: {
    valueCents: 45174798,
    p10Cents: 33985139,
    p50Cents: 45174798,
    p90Cents: 57202470,
    currency: 'USD',
    kindOfPrice: 'sold',
    vintage: { from: '2014-05-02', to: '2015-05-27' },
    interval: {
      levelRatio: 0.8,
      coverageRatio: 0.805,
      band: { fromCents: 32671626, toCents: 46512584, coverageRatio: 0.826 },
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
      { facts: ['latitude', 'longitude', 'zipCode'], words: 'place (ZIP 98103): +$110,782', cents: 11078229 },
      {
        facts: ['livingAreaSqft', 'aboveGroundSqft', 'basementSqft'],
        words: 'living area, in sqft, 670 below other houses (1,910): −$62,093',
        cents: -6209300,
      },
      { facts: ['grade'], words: 'grade of construction 7: −$28,552', cents: -2855190 },
      { facts: ['condition'], words: 'condition not given: +$14,574', cents: 1457386 },
      { facts: ['yearBuilt', 'yearRenovated'], words: 'built in 1962: −$13,233', cents: -1323344 },
      { facts: ['bathrooms'], words: 'bathrooms 1.5: −$12,601', cents: -1260083 },
      { facts: ['bedrooms'], words: 'bedrooms 2: −$11,322', cents: -1132233 },
      {
        facts: ['neighbourLivingAreaSqft', 'neighbourLotAreaSqft'],
        words: 'size of the nearest houses not given: −$5,087',
        cents: -508673,
      },
      { facts: ['lotAreaSqft'], words: 'lot, in sqft, 2,809 below other houses (7,609): −$4,349', cents: -434936 },
      { facts: ['view'], words: 'view not given: −$1,110', cents: -111015 },
      { facts: ['floors'], words: 'floors 1: +$765', cents: 76454 },
      { facts: ['waterfront'], words: 'waterfront not given: −$492', cents: -49176 },
    ],
    baseCents: 46446679,
    model: { name: 'house-king-county', version: '1.0.0' },
    inputsHash: 'ccf0558003228d6a0029004c3f49e1ebb490c4513fb7c59a4dfd576a70774085',
  },
  leftOut: [],
};
