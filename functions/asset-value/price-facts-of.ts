import type { Asset } from '../assets/asset.ts';
import { FACTS, type PriceFacts, type PriceKind } from '../price-models/price-facts.ts';
import type { PriceFlag } from '../price-models/price-prediction.ts';

/** The facts by which a price model values an asset, or those that are missing for it. */
export type AssetFacts =
  | {
      readonly status: 'complete';
      readonly kind: PriceKind;
      readonly facts: PriceFacts;
      /** facts that no price model takes, in words */
      readonly leftOut: readonly string[];
    }
  | { readonly status: 'missing'; readonly missing: readonly string[] }
  | { readonly status: 'no_model' };

/** Names of an asset's facts where price models have others. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = { grade: 'assessorGrade' };

/** The name of a price model's fact among those of an asset; undefined when an asset has no such fact. */
export const nameInAsset = (fact: string): string | undefined =>
  NOT_OF_ASSETS.includes(fact) ? undefined : (NAMED_OTHERWISE[fact] ?? fact);

/**
 * Facts that an asset does not have. Condition: a statement never raises a value, and photos do not tell the words of an
 * advertisement or the classes of an assessor. The neighbours' sizes: nobody has them at hand.
 */
const NOT_OF_ASSETS = ['condition', 'neighbourLivingAreaSqft', 'neighbourLotAreaSqft'];

/** The facts of an asset as price models take them. */
export function priceFactsOf(asset: Asset): AssetFacts {
  if (asset.kind === 'product' || asset.kind === 'collectible') return { status: 'no_model' };
  const kind = asset.kind === 'property' ? 'house' : 'vehicle';
  const given = asset.kind === 'property' ? { ...asset, zipCode: asset.zipCode?.slice(0, ZIP_DIGITS) } : asset;
  const read = Object.entries(FACTS[kind].shape).flatMap(([fact, schema]) => {
    const name = nameInAsset(fact);
    const value = name === undefined ? undefined : (given as PriceFacts)[name];
    return value === undefined ? [] : [{ fact, value, fits: schema.safeParse(value).success }];
  });
  const facts: PriceFacts = Object.fromEntries(read.filter(({ fits }) => fits).map(({ fact, value }) => [fact, value]));
  const missing = kind === 'house' ? missingOfHouse(facts) : missingOfVehicle(facts);
  if (missing.length > 0) return { status: 'missing', missing };
  const leftOut = read
    .filter(({ fits }) => !fits)
    .map(({ fact, value }) => `${nameInAsset(fact)} ${value} is beyond what price models take: read as unknown`);
  return { status: 'complete', kind, facts, leftOut };
}

/** Digits of a ZIP code without the part that names a street. */
const ZIP_DIGITS = 5;

/** Without them a model would answer for any house. */
const missingOfHouse = ({ livingAreaSqft, zipCode, latitude }: PriceFacts): string[] => [
  ...(livingAreaSqft === undefined ? ['livingAreaSqft'] : []),
  ...(zipCode === undefined && latitude === undefined ? ['zipCode'] : []),
];

/** Without them a model would answer for any vehicle of a make. */
const missingOfVehicle = ({ model, modelYear }: PriceFacts): string[] => [
  ...(model === undefined ? ['model'] : []),
  ...(modelYear === undefined ? ['modelYear'] : []),
];

/** The flag that shows that a model was trained on another market: a place or a make that it does not know. */
export const flagOfOtherMarket = (flags: readonly PriceFlag[]): PriceFlag | undefined =>
  flags.find(
    ({ code, fact }) =>
      (code === 'unknown_category' && (fact === 'zipCode' || fact === 'make')) ||
      (code === 'out_of_range' && (fact === 'latitude' || fact === 'longitude')),
  );
