import { z } from 'zod';

export const ASSET_KINDS = ['property', 'vehicle', 'product', 'collectible'] as const;
export const AssetKind = z.enum(ASSET_KINDS);
export type AssetKind = z.infer<typeof AssetKind>;

/** The UAD scale: C1 new, C6 unsafe. */
export const UAD_CLASSES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const;
export const UadClass = z.enum(UAD_CLASSES);
export type UadClass = z.infer<typeof UadClass>;

const Text = (longest: number) => z.string().trim().min(1).max(longest);

// The oldest houses that are still sold, and the first motor car; the latest year depends on today: see `impossibleFacts`.
const BuildYear = z.int().min(1600).max(2100);
const ModelYear = z.int().min(1886).max(2100);

/** What the owner says it is worth; an amount without its currency is refused. */
const StatedValue = {
  valueCents: z.int().min(0).max(100_000_000_000).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD')
    .optional(),
};

/** What a thing is, in its owner's words. */
const Described = { title: Text(200).optional(), category: Text(100).optional() };

const valueHasCurrency = {
  when: (facts: { valueCents?: number | undefined; currency?: string | undefined }) =>
    facts.valueCents === undefined || facts.currency !== undefined,
  params: { path: ['currency'], message: 'expected a currency beside valueCents' },
};

export const Property = z
  .strictObject({
    kind: z.literal('property'),
    address: Text(200).optional(),
    zipCode: z
      .string()
      .regex(/^\d{5}(-\d{4})?$/, 'expected a ZIP code such as 94110 or 94110-1234')
      .optional(),
    livingAreaSqft: z.int().min(50).max(1_000_000).optional(),
    bedrooms: z.int().min(0).max(100).optional(),
    bathrooms: z.number().min(0).max(100).multipleOf(0.25).optional(),
    yearBuilt: BuildYear.optional(),
    yearRenovated: BuildYear.optional(),
    statedCondition: UadClass.optional(),
    ...StatedValue,
  })
  .refine(valueHasCurrency.when, valueHasCurrency.params)
  .refine(({ yearBuilt, yearRenovated }) => !yearBuilt || !yearRenovated || yearRenovated >= yearBuilt, {
    path: ['yearRenovated'],
    message: 'expected a year not before yearBuilt',
  });
export type Property = z.infer<typeof Property>;

export const Vehicle = z
  .strictObject({
    kind: z.literal('vehicle'),
    make: Text(60).optional(),
    model: Text(60).optional(),
    modelYear: ModelYear.optional(),
    odometerMiles: z.int().min(0).max(2_000_000).optional(),
    statedCondition: z.enum(['extra_clean', 'clean', 'average', 'rough']).optional(),
    frameDamage: z.boolean().optional(),
    floodDamage: z.boolean().optional(),
    ...StatedValue,
  })
  .refine(valueHasCurrency.when, valueHasCurrency.params);
export type Vehicle = z.infer<typeof Vehicle>;

const Product = z
  .strictObject({
    kind: z.literal('product'),
    ...Described,
    statedCondition: z.enum(['new', 'like_new', 'good', 'fair', 'poor']).optional(),
    ...StatedValue,
  })
  .refine(valueHasCurrency.when, valueHasCurrency.params);

const Collectible = z
  .strictObject({
    kind: z.literal('collectible'),
    ...Described,
    statedCondition: z.enum(['mint', 'near_mint', 'excellent', 'good', 'poor']).optional(),
    ...StatedValue,
  })
  .refine(valueHasCurrency.when, valueHasCurrency.params);

/** A thing with a price, and what its owner says of it. Facts that are not given are unknown, never zero. */
export const Asset = z.discriminatedUnion('kind', [Property, Vehicle, Product, Collectible]).meta({ id: 'Asset' });
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
