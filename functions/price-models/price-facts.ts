import { z } from 'zod';

/** What a price model values. */
export const PRICE_KINDS = ['vehicle', 'house'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

/** The model of each market of a kind; the first is that of a kind where none is named. */
export const MARKET_MODELS = {
  vehicle: { us: 'vehicle-us', uk: 'vehicle-uk' },
  house: { 'king-county': 'house-king-county' },
} as const satisfies Record<PriceKind, Readonly<Record<string, string>>>;

/** The model of a kind where neither a model nor a market is named. */
export const DEFAULT_MODEL = {
  vehicle: MARKET_MODELS.vehicle.us,
  house: MARKET_MODELS.house['king-county'],
} as const satisfies Record<PriceKind, string>;

/** The names of a kind's markets. */
export const marketsOf = (kind: PriceKind): readonly string[] => Object.keys(MARKET_MODELS[kind]);

/** The name of the model that is asked for by its own name, or by one of `marketsOf`. */
export function modelNameOf(
  kind: PriceKind,
  { model, market }: { readonly model?: string | undefined; readonly market?: string | undefined },
): string {
  const ofMarkets: Readonly<Record<string, string>> = MARKET_MODELS[kind];
  return model ?? (market === undefined ? undefined : ofMarkets[market]) ?? DEFAULT_MODEL[kind];
}

/** Conditions of a vehicle in the words of its advertisement, worst first. */
export const VEHICLE_CONDITIONS = ['salvage', 'fair', 'good', 'excellent', 'like_new', 'new'] as const;

/** A word of the trade, such as `diesel`. One that the model does not know is allowed, and flagged. */
const Word = z.string().trim().min(1).max(60);

export const VehicleFacts = z
  .strictObject({
    make: Word.optional().describe('Manufacturer, such as Ford; may also be the first word of `model`.'),
    model: Word.describe('Model, such as F-150, or with its make, such as Ford F-150.'),
    modelYear: z.int().min(1900).max(2100).optional().describe('Model year.'),
    odometerMiles: z
      .int()
      .min(1, 'expected at least 1 mile; leave it out where it is unknown')
      .max(2_000_000)
      .optional()
      .describe('Odometer reading, in miles.'),
    condition: z.enum(VEHICLE_CONDITIONS).optional().describe('Condition in the words of an advertisement.'),
    cylinders: z.int().min(1).max(16).optional().describe('Number of cylinders.'),
    fuel: Word.optional().describe('gas, diesel, hybrid, electric, petrol or other.'),
    transmission: Word.optional().describe('automatic, manual, semi-auto or other.'),
    bodyType: Word.optional().describe('Such as sedan, SUV, pickup or truck.'),
    paintColor: Word.optional().describe('Such as black or silver.'),
    fourWheelDrive: z.boolean().optional().describe('Whether all wheels are driven.'),
    engineLitres: z
      .number()
      .min(0.1, 'expected at least 0.1 litres; leave it out where there is none')
      .max(10)
      .optional()
      .describe('Engine size, in litres.'),
    milesPerGallon: z.number().min(1).max(500).optional().describe('Fuel economy, in miles per imperial gallon.'),
    roadTaxPounds: z.number().min(0).max(2000).optional().describe('Road tax of a year, in pounds.'),
  })
  .meta({ id: 'VehiclePriceFacts', description: 'Facts of a vehicle; those that are not given are unknown.' });
export type VehicleFacts = z.infer<typeof VehicleFacts>;

export const HouseFacts = z
  .strictObject({
    livingAreaSqft: z.int().min(100).max(100_000).describe('Living area, in square feet.'),
    lotAreaSqft: z.int().min(100).max(100_000_000).optional().describe('Area of the lot, in square feet.'),
    bedrooms: z.int().min(0).max(50).optional().describe('Number of bedrooms.'),
    bathrooms: z.number().min(0).max(50).optional().describe('In quarters; without tub and shower it is 0.5.'),
    floors: z.number().min(1).max(10).optional().describe('Number of floors; a half is a floor under the roof.'),
    waterfront: z.boolean().optional().describe('Whether the lot lies on the water.'),
    view: z.int().min(0).max(4).optional().describe('How good the view is, from 0 to 4.'),
    condition: z
      .int()
      .min(1)
      .max(5)
      .optional()
      .describe("The assessor's condition, from 1 (worn out) to 5 (very good)."),
    grade: z.int().min(1).max(13).optional().describe("The assessor's grade of construction, from 1 to 13."),
    aboveGroundSqft: z.int().min(0).max(100_000).optional().describe('Living area above the ground, in square feet.'),
    basementSqft: z
      .int()
      .min(0)
      .max(100_000)
      .optional()
      .describe('Area of the basement, in square feet; 0 without one.'),
    yearBuilt: z.int().min(1700).max(2100).optional().describe('Year in which it was built, next year at most.'),
    yearRenovated: z.int().min(1700).max(2100).optional().describe('Year of the last renovation; absent without one.'),
    zipCode: z
      .string()
      .regex(/^\d{5}$/, 'expected a ZIP code of five digits')
      .optional()
      .describe('ZIP code, of five digits; required without coordinates.'),
    latitude: z.number().min(-90).max(90).optional().describe('Degrees north, with `longitude`.'),
    longitude: z.number().min(-180).max(180).optional().describe('Degrees east, with `latitude`; negative in America.'),
    neighbourLivingAreaSqft: z
      .int()
      .min(100)
      .max(100_000)
      .optional()
      .describe('Mean living area of the 15 nearest houses, in square feet.'),
    neighbourLotAreaSqft: z
      .int()
      .min(100)
      .max(100_000_000)
      .optional()
      .describe('Mean area of the lots of the 15 nearest houses, in square feet.'),
  })
  .meta({ id: 'HousePriceFacts', description: 'Facts of a house; those that are not given are unknown.' });
export type HouseFacts = z.infer<typeof HouseFacts>;

export const FACTS = { vehicle: VehicleFacts, house: HouseFacts } as const;

/** The names of all facts of a kind. */
export const FACT_NAMES: Record<PriceKind, readonly string[]> = {
  vehicle: Object.keys(VehicleFacts.shape),
  house: Object.keys(HouseFacts.shape),
};

/** One row of facts, which its schema in FACTS accepts. */
export type PriceFacts = Readonly<Record<string, string | number | boolean | undefined>>;

type Impossible = { readonly fact: string; readonly message: string };

/** Facts that cannot be true together, or on this day. */
export function impossibleFacts(kind: PriceKind, facts: PriceFacts, now: Date): Impossible[] {
  const year = now.getUTCFullYear();
  const { modelYear, yearBuilt, yearRenovated, latitude, longitude, zipCode } = facts;
  const problems: (Impossible | false)[] =
    kind === 'vehicle'
      ? [laterThan(modelYear, year + 2) && { fact: 'modelYear', message: `expected ${year + 2} at most` }]
      : [
          laterThan(yearBuilt, year + 1) && { fact: 'yearBuilt', message: `expected ${year + 1} at most` },
          laterThan(yearRenovated, year + 1) && { fact: 'yearRenovated', message: `expected ${year + 1} at most` },
          typeof yearBuilt === 'number' &&
            laterThan(yearBuilt, yearRenovated) && {
              fact: 'yearRenovated',
              message: `expected a year not before yearBuilt, which is ${yearBuilt}`,
            },
          (latitude === undefined) !== (longitude === undefined) && {
            fact: 'latitude',
            message: 'expected latitude and longitude, or neither',
          },
          zipCode === undefined &&
            latitude === undefined && {
              fact: 'zipCode',
              message: 'expected a place: zipCode, or latitude and longitude',
            },
        ];
  return problems.filter((problem) => problem !== false);
}

const laterThan = (year: PriceFacts[string], limit: PriceFacts[string]): boolean =>
  typeof year === 'number' && typeof limit === 'number' && year > limit;
