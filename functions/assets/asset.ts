import { z } from 'zod';
import { CurrencyCode } from '../platform/currency-code.ts';
import { CAR_FACTS, FOR_VALUE, HOUSE_FACTS } from './facts-for-value.ts';

export const ASSET_KINDS = ['property', 'vehicle', 'product', 'collectible'] as const;
export const AssetKind = z.enum(ASSET_KINDS).describe('What kind of thing it is.');
export type AssetKind = z.infer<typeof AssetKind>;

export const UAD_CLASSES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const;
export const UadClass = z
  .enum(UAD_CLASSES)
  .describe('Class on the UAD scale of appraisers: C1 is new, C6 is unsafe or unsound.');
export type UadClass = z.infer<typeof UadClass>;

/** The UAD scale of the quality of construction: Q1 unique and custom, Q6 basic. */
export const UadQuality = z.enum(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6']);

const Text = (longest: number) => z.string().trim().min(1).max(longest);

// The oldest houses that are still sold, and the first motor car; the latest year depends on today: see `impossibleFacts`.
const BuildYear = z.int().min(1600).max(2100);
const ModelYear = z.int().min(1886).max(2100);

/** What becomes of a fact in the answer: of which part it is, or of none. A test compares this with what the rules do. */
const UNUSED = 'Kept with the job; no rating and no value uses it.';
const BESIDE = 'Shown beside the rating, without effect on it.';
const ALSO_FOR_VALUE = 'For the value, too.';
const BESIDE_FOR_VALUE = 'For the value; shown beside the rating, without effect on it.';

/** What the owner says it is worth; an amount without its currency is refused. */
const StatedValue = {
  valueCents: z
    .int()
    .min(0)
    .max(100_000_000_000)
    .optional()
    .describe(`What the owner says it is worth, in cents of \`currency\`. It confirms nothing. ${FOR_VALUE}`),
  currency: CurrencyCode.optional().describe(
    `ISO 4217 code of the currency of \`valueCents\`, such as USD, and of the sales that count for its value. ${FOR_VALUE}`,
  ),
};

const Described = {
  title: Text(200).optional().describe(`What it is, as a seller would write it: comps are found by it. ${FOR_VALUE}`),
  category: Text(100).optional().describe(`The kind of thing it is, in the owner's words, such as "watch". ${UNUSED}`),
};

const kind = <Kind extends AssetKind>(name: Kind) => z.literal(name).describe('What kind of thing it is.');

type Value = { valueCents?: number | undefined; currency?: string | undefined };

const valueHasCurrency = ({ value: { valueCents, currency }, issues }: z.core.ParsePayload<Value>): void => {
  if (valueCents === undefined || currency !== undefined) return;
  const message = `expected a currency beside valueCents, which is ${valueCents}`;
  issues.push({ code: 'custom', path: ['currency'], input: currency, message });
};

export const Property = z
  .strictObject({
    kind: kind('property'),
    address: Text(200).optional().describe(`Street and number. ${UNUSED}`),
    zipCode: z
      .string()
      .regex(/^\d{5}(-\d{4})?$/, 'expected a ZIP code such as 94110 or 94110-1234')
      .optional()
      .describe(`US ZIP code, of 5 or 9 digits. ${FOR_VALUE}`),
    livingAreaSqft: z.int().min(50).max(1_000_000).optional().describe(`Living area, in square feet. ${FOR_VALUE}`),
    bedrooms: z.int().min(0).max(100).optional().describe(`Number of bedrooms. ${FOR_VALUE}`),
    bathrooms: z
      .number()
      .min(0)
      .max(100)
      // Exact, which `multipleOf` is not: it takes 1e-200 and 1.0000000000000002.
      .refine((bathrooms) => Number.isInteger(bathrooms / 0.25), 'expected a multiple of 0.25')
      .meta({ multipleOf: 0.25 })
      .optional()
      .describe(
        `Number of bathrooms, in quarters: a bathroom without a tub is 0.75, with neither tub nor shower 0.5. ${FOR_VALUE}`,
      ),
    yearBuilt: BuildYear.optional().describe(
      `Calendar year in which it was built, next year at most. ${ALSO_FOR_VALUE}`,
    ),
    yearRenovated: BuildYear.optional().describe(
      `Calendar year of the last renovation of the whole, not before \`yearBuilt\`. A rating uses it with \`remodelledToStuds\`. ${ALSO_FOR_VALUE}`,
    ),
    remodelledToStuds: z
      .boolean()
      .optional()
      .describe('Whether that renovation went down to the studs, without which UAD 3.6 allows no C2.'),
    statedCondition: UadClass.optional().describe(
      'What the owner says of its condition, as a class of the UAD scale: C1 is new, C6 is unsafe or unsound.',
    ),
    statedQuality: UadQuality.optional().describe(
      `Quality of construction as appraised or stated, Q1 to Q6. ${BESIDE}`,
    ),
    ...HOUSE_FACTS,
    ...StatedValue,
  })
  .check(valueHasCurrency)
  .check(({ value: { latitude, longitude }, issues }) => {
    if ((latitude === undefined) === (longitude === undefined)) return;
    const path = latitude === undefined ? 'latitude' : 'longitude';
    issues.push({
      code: 'custom',
      path: [path],
      input: undefined,
      message: 'expected latitude and longitude, or neither',
    });
  })
  .check(({ value: { yearBuilt, yearRenovated }, issues }) => {
    if (!yearBuilt || !yearRenovated || yearRenovated >= yearBuilt) return;
    const message = `expected a year not before yearBuilt, which is ${yearBuilt}`;
    issues.push({ code: 'custom', path: ['yearRenovated'], input: yearRenovated, message });
  });
export type Property = z.infer<typeof Property>;

export const Vehicle = z
  .strictObject({
    kind: kind('vehicle'),
    make: Text(60).optional().describe(`Manufacturer, such as Toyota. ${FOR_VALUE}`),
    model: Text(60).optional().describe(`Model, such as Corolla. ${FOR_VALUE}`),
    modelYear: ModelYear.optional().describe(`Model year, the year after next at most. ${BESIDE_FOR_VALUE}`),
    odometerMiles: z.int().min(0).max(2_000_000).optional().describe(`Odometer reading, in miles. ${BESIDE_FOR_VALUE}`),
    statedCondition: z
      .enum(['extra_clean', 'clean', 'average', 'rough'])
      .optional()
      .describe("What the owner says of its condition, in the auctions' words."),
    frameDamage: z.boolean().optional().describe('Whether the frame is or was damaged; caps the grade.'),
    floodDamage: z.boolean().optional().describe('Whether it was flooded; caps the grade.'),
    ...CAR_FACTS,
    ...StatedValue,
  })
  .check(valueHasCurrency);
export type Vehicle = z.infer<typeof Vehicle>;

const Product = z
  .strictObject({
    kind: kind('product'),
    ...Described,
    statedCondition: z
      .enum(['new', 'like_new', 'good', 'fair', 'poor'])
      .optional()
      .describe(`What the owner says of its condition. ${BESIDE}`),
    ...StatedValue,
  })
  .check(valueHasCurrency);

const Collectible = z
  .strictObject({
    kind: kind('collectible'),
    ...Described,
    statedCondition: z
      .enum(['mint', 'near_mint', 'excellent', 'good', 'poor'])
      .optional()
      .describe(`What the owner says of its condition. ${BESIDE}`),
    ...StatedValue,
  })
  .check(valueHasCurrency);

export const Asset = z.discriminatedUnion('kind', [Property, Vehicle, Product, Collectible]).meta({
  id: 'Asset',
  description: 'A thing with a price, and what its owner says of it. Facts that are not given are unknown, never zero.',
});
export type Asset = z.infer<typeof Asset>;

/** A fact that cannot be true on this day. */
export type ImpossibleFact = { readonly fact: string; readonly latest: number; readonly stated: number };

/**
 * Years that lie too far ahead: a house may be finished next year, and dealers sell the model year after next.
 * The schema cannot know the day, hence this.
 */
export function impossibleFacts(asset: Asset, now: Date): readonly ImpossibleFact[] {
  const thisYear = now.getUTCFullYear();
  const years: readonly [fact: string, latest: number, stated: number | undefined][] =
    asset.kind === 'property'
      ? [
          ['yearBuilt', thisYear + 1, asset.yearBuilt],
          ['yearRenovated', thisYear + 1, asset.yearRenovated],
        ]
      : asset.kind === 'vehicle'
        ? [['modelYear', thisYear + 2, asset.modelYear]]
        : [];
  return years.flatMap(([fact, latest, stated]) => (stated && stated > latest ? [{ fact, latest, stated }] : []));
}
