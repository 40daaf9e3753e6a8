import type { Examples } from '../platform/contract.ts';
import { FACT_NAMES } from '../price-models/price-facts.ts';
import type { PriceModelCard } from '../price-models/price-model-card.ts';
import type { PREDICTIONS_API } from './predictions-contract.ts';
import { DISCLOSURE } from './predictions-reply.ts';

const VEHICLE_CARD: PriceModelCard = {
  name: 'vehicle-us',
  version: '1.0.0',
  kind: 'vehicle',
  summary: 'Values a used car or light truck as it would be advertised in the United States.',
  licence: {
    weights: 'Apache-2.0',
    commercialUse: false,
    note: 'licence of the training data unclear: replace before commercial use',
  },
  data: [
    {
      name: 'vehicles_us',
      origin: 'Craigslist advertisements of 2018-05 to 2019-04, via Yandex Practicum',
      licence: 'educational use; licence unclear: replace before commercial use',
      rows: 43_797,
    },
  ],
  market: { currency: 'USD', kindOfPrice: 'asking', vintage: { from: '2018-05-01', to: '2019-04-19' } },
  trainingRows: 41_939,
  metrics: { rows: 6058, rmse: 3251.3, mae: 2100.3, r2: 0.87516, medianErrorRatio: 0.14092, within10Ratio: 0.37257 },
  coverage: {
    coverageRatio: 0.817,
    heldOutRows: 6058,
    bands: [
      { fromCents: 118_730, toCents: 557_423, coverageRatio: 0.834 },
      { fromCents: 557_522, toCents: 943_234, coverageRatio: 0.786 },
      { fromCents: 943_234, toCents: 1_637_196, coverageRatio: 0.811 },
      { fromCents: 1_637_423, toCents: 6_812_726, coverageRatio: 0.838 },
    ],
  },
  sha256: 'cd4ace1393bf428ba1b107b8e871575a62f3049ebd700edb2c4e0bcf309d1444',
};

const ofVehicles = {
  ...VEHICLE_CARD.market,
  interval: {
    levelRatio: 0.8,
    coverageRatio: 0.817,
    band: { fromCents: 1_637_423, toCents: 6_812_726, coverageRatio: 0.838 },
    heldOutRows: 6058,
  },
  model: { name: 'vehicle-us', version: '1.0.0' },
} as const;

const ofHouses = {
  currency: 'USD',
  kindOfPrice: 'sold',
  vintage: { from: '2014-05-02', to: '2015-05-27' },
  interval: {
    levelRatio: 0.8,
    coverageRatio: 0.805,
    band: { fromCents: 63_578_247, toCents: 468_900_368, coverageRatio: 0.788 },
    heldOutRows: 2627,
  },
  model: { name: 'house-king-county', version: '1.0.0' },
} as const;

const VEHICLE_FACTS = FACT_NAMES.vehicle.join(', ');

const MISSING_COLOR = {
  code: 'missing',
  fact: 'paintColor',
  message: 'paintColor is not given; the price of rows without it differs more',
  widens: true,
} as const;

/** What the models that ship answer to these requests. */
export const PREDICTIONS_EXAMPLES = {
  predictVehicles: {
    body: {
      rows: [
        {
          facts: {
            model: 'ford f-150',
            modelYear: 2014,
            odometerMiles: 90_000,
            condition: 'good',
            cylinders: 8,
            fuel: 'gas',
            transmission: 'automatic',
            bodyType: 'truck',
            fourWheelDrive: true,
          },
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
            valueCents: 2_121_573,
            p10Cents: 1_662_563,
            p50Cents: 2_121_573,
            p90Cents: 2_750_367,
            flags: [MISSING_COLOR],
            contributions: [
              { facts: ['modelYear'], words: 'model year 2014: +$5,234', cents: 523_403 },
              { facts: ['make', 'model'], words: 'ford f-150: +$3,079', cents: 307_920 },
              {
                facts: ['odometerMiles'],
                words: 'mileage 980 below vehicles of 2014 (90,980): +$1,966',
                cents: 196_614,
              },
              { facts: ['fourWheelDrive'], words: 'four-wheel drive: +$1,258', cents: 125_820 },
              { facts: ['condition'], words: 'condition good: −$453', cents: -45_279 },
              { facts: ['cylinders'], words: 'cylinders 8: +$437', cents: 43_679 },
              { facts: ['bodyType'], words: 'body truck: +$294', cents: 29_409 },
              { facts: ['fuel'], words: 'fuel gas: −$243', cents: -24_310 },
              { facts: ['paintColor'], words: 'colour not given: +$6', cents: 648 },
              { facts: ['transmission'], words: 'transmission automatic: −$6', cents: -560 },
            ],
            baseCents: 964_229,
            inputsHash: 'f8fb2abf60e233b9a379465cc90b0185bd6710993158fcdf3ac474f274d3d3e2',
          },
          whatIf: {
            prediction: {
              ...ofVehicles,
              valueCents: 2_210_398,
              p10Cents: 1_735_400,
              p50Cents: 2_210_398,
              p90Cents: 2_750_806,
              flags: [MISSING_COLOR],
              contributions: [
                { facts: ['modelYear'], words: 'model year 2014: +$5,003', cents: 500_348 },
                { facts: ['make', 'model'], words: 'ford f-150: +$3,133', cents: 313_294 },
                {
                  facts: ['odometerMiles'],
                  words: 'mileage 980 below vehicles of 2014 (90,980): +$1,852',
                  cents: 185_200,
                },
                { facts: ['fourWheelDrive'], words: 'four-wheel drive: +$1,285', cents: 128_506 },
                { facts: ['condition'], words: 'condition excellent: +$698', cents: 69_797 },
                { facts: ['cylinders'], words: 'cylinders 8: +$474', cents: 47_368 },
                { facts: ['bodyType'], words: 'body truck: +$279', cents: 27_871 },
                { facts: ['fuel'], words: 'fuel gas: −$258', cents: -25_831 },
                { facts: ['transmission'], words: 'transmission automatic: −$7', cents: -714 },
                { facts: ['paintColor'], words: 'colour not given: +$3', cents: 330 },
              ],
              baseCents: 964_229,
              inputsHash: 'b8385ac55145587b911cc83b66eb9e9751fbbd8ab170712c764179366fa524d2',
            },
            difference: { cents: 88_825, p10Cents: 55_123, p90Cents: 122_527 },
          },
        },
        {
          row: 1,
          status: 'wrong',
          errors: [
            {
              path: 'body.rows[1].facts.milage',
              expected: `one of ${VEHICLE_FACTS}`,
              received: 'number 60000',
              message: 'unknown fact',
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
    body: {
      rows: [
        {
          facts: {
            livingAreaSqft: 1800,
            lotAreaSqft: 5000,
            bedrooms: 3,
            bathrooms: 2,
            floors: 1.5,
            waterfront: false,
            view: 0,
            condition: 3,
            grade: 7,
            aboveGroundSqft: 1800,
            basementSqft: 0,
            yearBuilt: 1950,
            zipCode: '98103',
            latitude: 47.67,
            longitude: -122.34,
            neighbourLivingAreaSqft: 1750,
            neighbourLotAreaSqft: 4500,
          },
        },
      ],
      explain: false,
    },
    reply: {
      results: [
        {
          row: 0,
          status: 'predicted',
          prediction: {
            ...ofHouses,
            valueCents: 65_245_755,
            p10Cents: 52_818_799,
            p50Cents: 65_245_755,
            p90Cents: 79_002_953,
            flags: [],
            contributions: [],
            baseCents: 0,
            inputsHash: '30a6dd9c2a18be2da08a562913aaf3dcf6e432e2a565fb51e41955a35bda978f',
          },
        },
      ],
      predicted: 1,
      wrong: 0,
      disclosure: DISCLOSURE,
    },
  },
  listPriceModels: { reply: { models: [VEHICLE_CARD] } },
} satisfies Examples<typeof PREDICTIONS_API>;
