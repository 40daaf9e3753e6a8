import type { Examples } from '../platform/contract.ts';
import { FACT_NAMES } from '../price-models/price-facts.ts';
import type { PriceModelCard } from '../price-models/price-model-card.ts';
import type { PREDICTIONS_API } from './predictions-contract.ts';
import { DISCLOSURE } from './predictions-reply.ts';

const VEHICLE_CARD: PriceModelCard = {
  name: 'vehicle-us',
  version: '1.1.0',
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
  trainingRows: 42_295,
  metrics: { rows: 6144, rmse: 3238.3, mae: 2063.3, r2: 0.87788, medianErrorRatio: 0.13811, within10Ratio: 0.38281 },
  coverage: {
    coverageRatio: 0.817,
    heldOutRows: 6144,
    bands: [
      { fromCents: 144_001, toCents: 583_944, coverageRatio: 0.825 },
      { fromCents: 583_985, toCents: 1_010_837, coverageRatio: 0.772 },
      { fromCents: 1_011_132, toCents: 1_704_542, coverageRatio: 0.836 },
      { fromCents: 1_705_650, toCents: 6_177_812, coverageRatio: 0.837 },
    ],
  },
  sha256: '39f1255891cf0d10bec3c822b8bee7a9f5237cb571e2ea6d9f047acc4db93bae',
};

const ofVehicles = {
  ...VEHICLE_CARD.market,
  interval: {
    levelRatio: 0.8,
    coverageRatio: 0.817,
    band: { fromCents: 1_705_650, toCents: 6_177_812, coverageRatio: 0.837 },
    heldOutRows: 6144,
  },
  model: { name: 'vehicle-us', version: '1.1.0' },
} as const;

const ofHouses = {
  currency: 'USD',
  kindOfPrice: 'sold',
  vintage: { from: '2014-05-02', to: '2015-05-27' },
  interval: {
    levelRatio: 0.8,
    coverageRatio: 0.801,
    band: { fromCents: 64_038_825, toCents: 470_342_775, coverageRatio: 0.776 },
    heldOutRows: 2627,
  },
  model: { name: 'house-king-county', version: '1.1.0' },
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
            valueCents: 2_122_123,
            p10Cents: 1_626_349,
            p50Cents: 2_122_123,
            p90Cents: 2_631_800,
            flags: [MISSING_COLOR],
            contributions: [
              { facts: ['modelYear'], words: 'model year 2014: +$4,897', cents: 489_746 },
              { facts: ['make', 'model'], words: 'ford f-150: +$3,114', cents: 311_379 },
              {
                facts: ['odometerMiles'],
                words: 'mileage 980 below vehicles of 2014 (90,980): +$2,019',
                cents: 201_863,
              },
              { facts: ['fourWheelDrive'], words: 'four-wheel drive: +$1,165', cents: 116_468 },
              { facts: ['cylinders'], words: 'cylinders 8: +$591', cents: 59_122 },
              { facts: ['condition'], words: 'condition good: −$484', cents: -48378 },
              { facts: ['fuel'], words: 'fuel gas: −$239', cents: -23939 },
              { facts: ['bodyType'], words: 'body truck: +$187', cents: 18_735 },
              { facts: ['paintColor'], words: 'colour not given: −$15', cents: -1495 },
              { facts: ['transmission'], words: 'transmission automatic: −$0', cents: -39 },
            ],
            baseCents: 998_661,
            inputsHash: 'f8fb2abf60e233b9a379465cc90b0185bd6710993158fcdf3ac474f274d3d3e2',
          },
          whatIf: {
            prediction: {
              ...ofVehicles,
              valueCents: 2_205_032,
              p10Cents: 1_700_510,
              p50Cents: 2_205_032,
              p90Cents: 2_654_088,
              flags: [MISSING_COLOR],
              contributions: [
                { facts: ['modelYear'], words: 'model year 2014: +$4,727', cents: 472_666 },
                { facts: ['make', 'model'], words: 'ford f-150: +$3,075', cents: 307_514 },
                {
                  facts: ['odometerMiles'],
                  words: 'mileage 980 below vehicles of 2014 (90,980): +$1,953',
                  cents: 195_254,
                },
                { facts: ['fourWheelDrive'], words: 'four-wheel drive: +$1,165', cents: 116_454 },
                { facts: ['condition'], words: 'condition excellent: +$663', cents: 66_261 },
                { facts: ['cylinders'], words: 'cylinders 8: +$603', cents: 60_311 },
                { facts: ['fuel'], words: 'fuel gas: −$250', cents: -24999 },
                { facts: ['bodyType'], words: 'body truck: +$157', cents: 15_730 },
                { facts: ['paintColor'], words: 'colour not given: −$26', cents: -2646 },
                { facts: ['transmission'], words: 'transmission automatic: −$2', cents: -173 },
              ],
              baseCents: 998_660,
              inputsHash: 'b8385ac55145587b911cc83b66eb9e9751fbbd8ab170712c764179366fa524d2',
            },
            difference: { cents: 82_909, p10Cents: 55_070, p90Cents: 110_748 },
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
            valueCents: 65_443_301,
            p10Cents: 53_918_401,
            p50Cents: 65_443_301,
            p90Cents: 80_149_426,
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
