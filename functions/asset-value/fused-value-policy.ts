import { z } from 'zod';
import { type DocumentOf, definePolicy } from '../platform/policy.ts';
import { FUSED_VALUE_RULES } from './fused-value-rules.ts';

const shape = z.strictObject({
  sharedVarianceRatio: z
    .number()
    .min(0)
    .max(0.95)
    .describe(
      'Share of the variance of the surest source that all sources have in common, 0..0.95: the larger, the less a second source narrows the interval.',
    ),
  mostYearsApart: z
    .number()
    .min(0)
    .max(50)
    .describe(
      'Years between the dates of two sources up to which they are combined; beyond, the older counts for nothing.',
    ),
  yearlyDriftRatio: z
    .number()
    .min(0)
    .max(1)
    .describe(
      '80 % reach of what prices move in a year, as a share of the value: widens the interval of the older source.',
    ),
  otherKindOfPriceRatio: z
    .number()
    .min(0)
    .max(1)
    .describe(
      'The same between asking and sold prices: widens the interval of a source of the other kind than the value is of.',
    ),
  stated: z
    .strictObject({
      reachRatio: z
        .number()
        .min(0.01)
        .max(1)
        .describe('80 % reach of a stated value as a share of itself: the larger, the less it counts.'),
      mostShareRatio: z
        .number()
        .min(0)
        .max(0.5)
        .describe('The most that it may count beside evidence, 0..0.5; 0: it moves nothing.'),
    })
    .describe("The owner's statement beside evidence. It never raises a value and never narrows an interval."),
});

/** How the values by comps, by a price model and by the owner become one. */
export const FUSED_VALUE = definePolicy({
  name: 'fused-value',
  title: 'Value of an asset',
  summary: "How comps, price model and the owner's statement become the value in an assessment.",
  shape,
  contradictionsIn: () => [],
  defaults: FUSED_VALUE_RULES,
});
export type FusedValueRules = DocumentOf<typeof FUSED_VALUE>;
