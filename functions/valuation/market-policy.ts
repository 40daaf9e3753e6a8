import { z } from 'zod';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { type Entry, neverFall, rise } from '../platform/policy-relations.ts';
import { MARKET_RULES } from './market-rules.ts';

const TIERS = ['low', 'medium', 'high', 'very_high', 'top'] as const;
const PRESSURES = ['healthy', 'optimistic', 'resistance'] as const;

const Cents = z.int().min(0).max(1_000_000_000);
const Ratio = z.number().min(-1).max(100);
const Score = z.number().min(0).max(100);
const SalesPerAsk = z.number().min(0).max(1000);

const states = z.strictObject({
  unclearConfidenceRatio: z.number().min(0).max(1).describe('Confidence below which evidence may be unclear.'),
  unclearPressureRatio: Ratio.describe('Pressure, in either direction, beyond which it then is.'),
  hotAbsorption: SalesPerAsk.describe('Sales per ask below the value from which buyers are many there.'),
  coldAbsorption: SalesPerAsk.describe('Sales per ask above the value below which buyers are few there.'),
  overpricedRatio: Ratio.describe('Pressure above which sellers ask too much.'),
  fairRatio: Ratio.describe('Pressure up to which prices are fair; no more than `overpricedRatio`.'),
  slowBelow: Score.describe('Liquidity below which it sells slowly.'),
  fastFrom: Score.describe('Liquidity from which it sells fast; no less than `slowBelow`.'),
});

const shape = z.strictObject({
  tiersFromCents: z
    .strictObject({
      low: Cents.describe('Of the tier `low`; below it is `low`, too.'),
      medium: Cents.describe('Of the tier `medium`.'),
      high: Cents.describe('Of the tier `high`.'),
      very_high: Cents.describe('Of the tier `very_high`.'),
      top: Cents.describe('Of the tier `top`.'),
    })
    .describe('Value from which each price tier begins, in cents of the currency of the comps; they rise.'),
  pressureUpToRatio: z
    .strictObject({
      healthy: Ratio.describe('Of the band `healthy`, which begins at 0.'),
      optimistic: Ratio.describe('Of the band `optimistic`.'),
      resistance: Ratio.describe('Of the band `resistance`; above it is `unrealistic`.'),
    })
    .describe('Up to which (median ask - value) / value each band of pressure reaches; they rise.'),
  liquidityHalfLifeDays: z.int().min(1).max(3650).describe('Days after which a sale counts half for liquidity.'),
  liquidityPoints: z
    .array(
      z.strictObject({
        salesPerAsk: SalesPerAsk.describe('Fresh sales for each fixed-price ask.'),
        score: Score.describe('Liquidity there, 0..100.'),
      }),
    )
    .min(1)
    .max(20)
    .describe('Liquidity by sales for each ask, linear between the points, which rise.'),
  absorptionBandRatio: z
    .number()
    .min(0.01)
    .max(1)
    .describe('Around the value is within this share of it, for absorption.'),
  states: states.describe('Bounds of the states of a market.'),
});

type Document = z.output<typeof shape>;

const contradictionsIn = ({
  tiersFromCents,
  pressureUpToRatio,
  liquidityPoints,
  states,
}: Document): Contradiction[] => {
  const points = (name: 'salesPerAsk' | 'score'): Entry[] =>
    liquidityPoints.map((point, index) => [['liquidityPoints', index, name], point[name]]);
  return [
    ...rise(
      'a tier',
      TIERS.map((tier) => [['tiersFromCents', tier], tiersFromCents[tier]]),
    ),
    ...rise(
      'a band',
      PRESSURES.map((band) => [['pressureUpToRatio', band], pressureUpToRatio[band]]),
    ),
    ...rise('a number of sales', points('salesPerAsk')),
    ...neverFall('a score', points('score')),
    ...neverFall('an absorption', [
      [['states', 'coldAbsorption'], states.coldAbsorption],
      [['states', 'hotAbsorption'], states.hotAbsorption],
    ]),
    ...neverFall('a pressure', [
      [['states', 'fairRatio'], states.fairRatio],
      [['states', 'overpricedRatio'], states.overpricedRatio],
    ]),
    ...neverFall('a liquidity', [
      [['states', 'slowBelow'], states.slowBelow],
      [['states', 'fastFrom'], states.fastFrom],
    ]),
  ];
};

/** How the market of a thing is described. */
export const MARKET = definePolicy({
  name: 'market-state',
  title: 'State of a market',
  summary: 'Price tiers, pressure of asking prices, liquidity, absorption, and what they mean for sellers and buyers.',
  shape,
  contradictionsIn,
  defaults: MARKET_RULES,
});
export type MarketRules = DocumentOf<typeof MARKET>;
