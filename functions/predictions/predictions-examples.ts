import type { Examples } from '../platform/contract.ts';
import type { PREDICTIONS_API } from './predictions-contract.ts';
import { DISCLOSURE } from './predictions-reply.ts';

const VINTAGE = { from: '2018-05-01', to: '2019-04-19' };
const BAND = { fromCents: 902_300, toCents: 9_000_000, coverageRatio: 0.803 };

const ofVehicles = {
  currency: 'USD',
  kindOfPrice: 'asking',
  vintage: VINTAGE,
  interval: { levelRatio: 0.8, coverageRatio: 0.801, band: BAND, heldOutRows: 8759 },
  model: { name: 'vehicle-us', version: '1.0.0' },
} as const;

const ofHouses = {
  currency: 'USD',
  kindOfPrice: 'sold',
  vintage: { from: '2014-05-02', to: '2015-05-27' },
  interval: { levelRatio: 0.8, coverageRatio: 0.802, band: BAND, heldOutRows: 3674 },
  model: { name: 'house-king-county', version: '1.0.0' },
} as const;

const MISSING_FUEL = {
  code: 'missing',
  fact: 'fuel',
  message: 'fuel is not given; the price of rows without it differs more',
  widens: true,
} as const;

export const PREDICTIONS_EXAMPLES = {
  predictVehicles: {
    body: {
      rows: [
        {
          facts: { model: 'ford f-150', modelYear: 2014, odometerMiles: 90_000, condition: 'good' },
          changes: { condition: 'excellent' },
        },
        { facts: { model: 'toyota camry', milage: 60_000 } },
      ],
    },
    reply: {
      results: [
        {
          row: 0,
          status: 'predicted',
          prediction: {
            ...ofVehicles,
            valueCents: 1_893_000,
            p10Cents: 1_402_000,
            p50Cents: 1_846_000,
            p90Cents: 2_390_000,
            flags: [MISSING_FUEL],
            contributions: [{ facts: ['make', 'model'], words: 'ford f-150: +$9,050', cents: 905_000 }],
            baseCents: 941_000,
            inputsHash: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
          },
          whatIf: {
            prediction: {
              ...ofVehicles,
              valueCents: 1_950_000,
              p10Cents: 1_450_000,
              p50Cents: 1_901_000,
              p90Cents: 2_455_000,
              flags: [MISSING_FUEL],
              contributions: [{ facts: ['make', 'model'], words: 'ford f-150: +$9,600', cents: 960_000 }],
              baseCents: 941_000,
              inputsHash: 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a',
            },
            difference: { cents: 55_000, p10Cents: 21_000, p90Cents: 89_000 },
          },
        },
        {
          row: 1,
          status: 'wrong',
          errors: [
            {
              path: 'body.rows[1].facts.milage',
              expected: 'one of make, model, modelYear, odometerMiles, …',
              received: 'number 60000',
              message: 'unknown fact: expected one of make, model, modelYear, odometerMiles, …',
            },
          ],
        },
      ],
      predicted: 1,
      wrong: 1,
      disclosure: DISCLOSURE,
    },
  },
  predictHouses: {
    body: { rows: [{ facts: { livingAreaSqft: 1800, zipCode: '98103', yearBuilt: 1950, grade: 7 } }] },
    reply: {
      results: [
        {
          row: 0,
          status: 'predicted',
          prediction: {
            ...ofHouses,
            valueCents: 58_900_000,
            p10Cents: 49_100_000,
            p50Cents: 58_200_000,
            p90Cents: 69_400_000,
            flags: [],
            contributions: [],
            baseCents: 0,
            inputsHash: '2c624232cdd221771294dfbb310aca000a0df6ac8b66b696d90ef06fdefb64a3',
          },
        },
      ],
      predicted: 1,
      wrong: 0,
      disclosure: DISCLOSURE,
    },
  },
  listPriceModels: {
    reply: {
      models: [
        {
          name: 'vehicle-us',
          version: '1.0.0',
          kind: 'vehicle',
          summary: 'Values vehicles by the prices that were asked in advertisements in the United States.',
          licence: { weights: 'Apache-2.0', commercialUse: false, note: 'licence of the training data unclear' },
          data: [{ name: 'Vehicles', origin: 'https://example.com/vehicles', licence: 'CC-BY-4.0', rows: 43_797 }],
          market: { currency: 'USD', kindOfPrice: 'asking', vintage: VINTAGE },
          trainingRows: 43_797,
          metrics: { medianErrorRatio: 0.12 },
          coverage: { coverageRatio: 0.801, heldOutRows: 8759, bands: [BAND] },
          sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        },
      ],
    },
  },
} satisfies Examples<typeof PREDICTIONS_API>;
