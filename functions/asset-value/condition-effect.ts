import { z } from 'zod';
import type { Asset } from '../assets/asset.ts';
import { type ClassShares, ConditionWorth, worthOfCondition } from '../valuation/condition-worth.ts';
import type { Estimate } from './combine-sources.ts';

/** What the condition that was seen does to a value. */
export const ConditionEffect = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('moved').describe('The value holds the condition.'),
      changeCents: z.int().describe('What it adds to the value, in cents; negative where it lowers it.'),
      worth: ConditionWorth.describe('By what, and how sure that is.'),
    }),
    z.strictObject({
      status: z
        .literal('not_moved')
        .describe('The value is that of a thing in the usual condition for its kind and age.'),
      why: z.string().describe('Why, in words.'),
    }),
  ])
  .describe('What the condition that was seen does to the value.');
export type ConditionEffect = z.infer<typeof ConditionEffect>;

type Worth =
  | { readonly status: 'measured'; readonly worth: ConditionWorth }
  | Extract<ConditionEffect, { status: 'not_moved' }>;

/** From this age on: what condition is worth was measured on houses older than ten years; a newer one is priced as new already. */
const MEASURED_FROM_YEARS = 10;

/**
 * What the condition of an asset is worth against that of a typical one, of which prices are.
 *
 * @param shares probabilities of the classes of a property; undefined where its condition is undetermined
 * @param asOf UTC day for which the value holds
 */
export function worthOf(asset: Asset, shares: ClassShares | undefined, asOf: string): Worth {
  const not = (why: string): Worth => ({ status: 'not_moved', why });
  if (asset.kind !== 'property') return not(`what condition is worth was not measured for a ${asset.kind}`);
  if (!shares) return not('its condition as a whole is undetermined');
  const { yearBuilt } = asset;
  if (yearBuilt !== undefined && Number(asOf.slice(0, 4)) - yearBuilt <= MEASURED_FROM_YEARS) {
    return not(
      `built in ${yearBuilt}: what condition is worth was measured on houses older than ${MEASURED_FROM_YEARS} years`,
    );
  }
  return { status: 'measured', worth: worthOfCondition(shares) };
}

/** 90 % quantile of the standard normal distribution. */
const Z_90 = 1.2816;

/** A value in a condition: times its ratio, its interval wider by what is not known of the ratio, in quadrature of logarithms. */
export function inCondition({ value, from, to }: Estimate, { ratio, logDeviation }: ConditionWorth): Estimate {
  const reach = (end: number): number => Math.exp(Math.hypot(Math.log(end / value), Z_90 * logDeviation));
  if (value === 0) return { value, from, to: to * ratio };
  const moved = value * ratio;
  // ln(0): an interval that ends at zero does so in any condition.
  return { value: moved, from: from === 0 ? 0 : moved / reach(from), to: moved * reach(to) };
}
