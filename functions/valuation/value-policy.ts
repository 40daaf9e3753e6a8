import { z } from 'zod';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { neverFall } from '../platform/policy-relations.ts';
import { VALUE_RULES } from './value-rules.ts';

const Weight = z.number().min(0.01).max(10);
const Share = z.number().min(0).max(1);
const Days = z.int().min(1).max(3650);
const Sales = z.int().min(1).max(100);

const blend = z.strictObject({
  oversuppliedAbove: z
    .number()
    .min(0)
    .max(100)
    .describe('Asking prices for each sale above which supply is too large.'),
  scarceBelow: z.number().min(0).max(100).describe('Asking prices for each sale below which supply is scarce.'),
  shares: z
    .strictObject({
      oversupplied: Share.describe('With too large a supply.'),
      balanced: Share.describe('With a balanced supply.'),
      scarce: Share.describe('With a scarce supply.'),
    })
    .describe(
      'Share of the sales in quick and market value, the rest being asking prices; it never falls with scarcity.',
    ),
  patientBonus: Share.describe('More of the sales in the patient value.'),
  reach: z
    .number()
    .min(0)
    .max(10)
    .describe("Asking prices count within so many interquartile ranges of the sales' quartiles."),
  leastAsks: z.int().min(1).max(100).describe('So many of them at least, or none counts.'),
});

const shape = z.strictObject({
  formatWeights: z
    .strictObject({
      auction: Weight.describe('Of an auction without bids that are known.'),
      best_offer: Weight.describe('Of an accepted offer.'),
      fixed_price: Weight.describe('Of a fixed price, and where the way of the sale is unknown.'),
    })
    .describe('Weight of a sale by the way in which it was sold.'),
  bidBonuses: z
    .array(
      z.strictObject({
        fromBids: z.int().min(1).max(10_000).describe('Number of bids from which it applies.'),
        bonus: z.number().min(0).max(10).describe('What is added to the weight of the auction.'),
      }),
    )
    .max(10)
    .describe('What an auction gains from its bids; of those that apply, the largest.'),
  leastFormatWeight: Weight.describe('The least weight by format and bids.'),
  mostFormatWeight: Weight.describe('The largest weight by format and bids.'),
  halfLifeDays: Days.describe('Days after which a sale weighs half. A larger value trusts old sales more.'),
  unknownDateDays: Days.describe(
    'A sale of unknown date weighs as if it had been so many days old when it was stored.',
  ),
  askingDays: Days.describe('Days after which an asking price no longer counts.'),
  leastSales: z.int().min(2).max(100).describe('Sales that make a value.'),
  leastSalesForGroups: z.int().min(4).max(100).describe('Sales from which outliers and variants are looked for.'),
  fences: z
    .strictObject({
      thinBelow: Sales.describe('Number of sales below which the fences are those of few sales.'),
      thin: z.number().min(0.5).max(10).describe('Interquartile ranges beyond the quartiles, for few sales.'),
      usual: z.number().min(0.5).max(10).describe('The same for more sales.'),
    })
    .describe('Beyond its fences a price that no other supports is an outlier. Larger values keep more.'),
  separation: z
    .strictObject({
      least: z.number().min(1).max(100).describe('The least gap, in standard deviations within the groups.'),
      scale: z.number().min(1).max(1000).describe('The gap must also be at least this divided by (sales - 2).'),
    })
    .describe(
      'Two groups of prices are two variants when a gap of this size separates them. Larger values split less.',
    ),
  leastVariantShare: z.number().min(0).max(0.5).describe('Share of all sales that a variant has at least.'),
  blend: blend.describe('How asking prices move the value of the sales.'),
  intake: z
    .strictObject({
      relistingDays: z
        .int()
        .min(0)
        .max(3650)
        .describe('Days within which the same sale again is taken for a relisting.'),
      outlierSales: z.int().min(2).max(100).describe('Sales of the same title from which a price can be an outlier.'),
      outlierTimes: z.number().min(1).max(1000).describe('Times their median, or its inverse, beyond which it is one.'),
    })
    .describe('Which comps are quarantined when they arrive.'),
  quantiles: z
    .strictObject({
      quick: z.number().min(0.01).max(0.99).describe('Quantile of the sales that is the quick value.'),
      market: z.number().min(0.01).max(0.99).describe('Quantile of the sales that is the market value.'),
      patient: z.number().min(0.01).max(0.99).describe('Quantile of the sales that is the patient value.'),
    })
    .describe('Quick, market and patient value as quantiles of the sales; they never fall in this order.'),
  sideShrinkSales: z
    .number()
    .min(0.1)
    .max(100)
    .describe(
      'Weight of the spread on both sides in the spread on one side, in sales. A larger value is more symmetric.',
    ),
  confidence: z
    .strictObject({
      priorSpreadRatio: z.number().min(0.01).max(2).describe('Spread of prices to expect before any sale.'),
      priorSales: z
        .number()
        .min(0.01)
        .max(0.99)
        .describe('So many sales that expectation is worth; below 1, so that more evidence never lowers confidence.'),
    })
    .describe('What confidence starts from.'),
  confidenceBands: z
    .strictObject({
      excellent: Share.describe('Least confidence of the band `excellent`.'),
      good: Share.describe('Least confidence of the band `good`.'),
      moderate: Share.describe('Least confidence of the band `moderate`.'),
      high_variation: Share.describe('Least confidence of the band `high_variation`; below it is `chaotic`.'),
    })
    .describe('Where the bands of confidence begin; they never rise in this order.'),
  volume: z
    .strictObject({
      highShare: Share.describe('Share of sales in competition from which volume is `high`.'),
      mediumShare: Share.describe('The same for `medium`; no more than for `high`.'),
      highSales: Sales.describe('Number of sales that `high` needs.'),
      mediumSales: Sales.describe('Number of sales that `medium` needs; no more than `high`.'),
      wideSpreadRatio: z.number().min(0.01).max(10).describe('Spread beyond which volume falls by one level.'),
    })
    .describe('How much of the evidence was sold in competition: by weights above 1 by format and bids.'),
});

type Document = z.output<typeof shape>;

const contradictionsIn = (rules: Document): Contradiction[] => [
  ...neverFall('a weight', [
    [['leastFormatWeight'], rules.leastFormatWeight],
    [['mostFormatWeight'], rules.mostFormatWeight],
  ]),
  ...neverFall('a number of sales', [
    [['leastSales'], rules.leastSales],
    [['leastSalesForGroups'], rules.leastSalesForGroups],
  ]),
  ...neverFall('a number of asking prices', [
    [['blend', 'scarceBelow'], rules.blend.scarceBelow],
    [['blend', 'oversuppliedAbove'], rules.blend.oversuppliedAbove],
  ]),
  ...neverFall(
    'a share',
    (['oversupplied', 'balanced', 'scarce'] as const).map((supply) => [
      ['blend', 'shares', supply],
      rules.blend.shares[supply],
    ]),
  ),
  ...neverFall(
    'a quantile',
    (['quick', 'market', 'patient'] as const).map((value) => [['quantiles', value], rules.quantiles[value]]),
  ),
  ...neverFall(
    'a bound',
    (['high_variation', 'moderate', 'good', 'excellent'] as const).map((band) => [
      ['confidenceBands', band],
      rules.confidenceBands[band],
    ]),
  ),
  ...neverFall('a share', [
    [['volume', 'mediumShare'], rules.volume.mediumShare],
    [['volume', 'highShare'], rules.volume.highShare],
  ]),
  ...neverFall('a number of sales', [
    [['volume', 'mediumSales'], rules.volume.mediumSales],
    [['volume', 'highSales'], rules.volume.highSales],
  ]),
];

/** How comps become a value. */
export const FAIR_MARKET_VALUE = definePolicy({
  name: 'fair-market-value',
  title: 'Fair market value',
  summary:
    'How comparable sales and asking prices become a quick, market and patient value with interval and confidence.',
  shape,
  contradictionsIn,
  defaults: VALUE_RULES,
});
export type ValueRules = DocumentOf<typeof FAIR_MARKET_VALUE>;
