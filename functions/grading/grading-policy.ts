import { z } from 'zod';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { neverFall, rise } from '../platform/policy-relations.ts';
import { GRADING_RULES } from './grading-rules.ts';

const Cents = z.int().min(0).max(1_000_000_000);
const Share = z.number().min(0).max(1);
const Days = z.int().min(0).max(3650);
const Grade = z.number().min(1).max(10).multipleOf(0.5);
const Year = z.int().min(1800).max(2200);
const Cards = z.int().min(0).max(100_000_000);

const costs = z.strictObject({
  gradingFeeCents: Cents.describe("The grading company's fee, in cents of the question's currency."),
  shippingCents: Cents.describe('Postage to the grading company and back, in cents.'),
  sellingShareRatio: z.number().min(0).max(0.9).describe('Share of the price that the marketplace takes.'),
  sellingCents: Cents.describe('What a sale costs beside it, in cents.'),
  gradingDays: Days.describe('Days at the grading company.'),
  sellingDays: Days.describe('Days until it is sold.'),
  yearlyInterestRatio: Share.describe("A year's interest on what is tied up meanwhile."),
});

const warnings = z.strictObject({
  manyTensRatio: Share.describe('Share of tens above which a ten is nothing special.'),
  tenToNineRatio: z
    .number()
    .min(1)
    .max(1000)
    .describe('Price of a ten over a nine above which all depends on the ten.'),
  feeShareRatio: Share.describe('Fee over the price of the target grade above which it eats the profit.'),
  breakEvenUnlikelyRatio: Share.describe('Probability of break-even or better below which it is unlikely.'),
  highBreakEvenGrade: Grade.describe('Break-even grade from which nothing may go wrong.'),
  expensiveRawCents: Cents.describe('Price of the raw card above which it is much money, in cents.'),
  riskyProfitRatio: Share.describe('Probability of profit below which an expensive raw card is a risk.'),
  tinyPopulation: Cards.describe('Graded cards below which their shares are chance.'),
  smallPopulation: Cards.describe('Graded cards below which their shares are rough.'),
  largePopulation: Cards.describe('Graded cards above which supply is large.'),
  floodPopulation: Cards.describe('Graded cards above which supply is a flood.'),
  manyTens: Cards.describe('Tens above which a ten has much competition.'),
  modalRatio: Share.describe('Share of one grade other than ten above which that is what to expect.'),
  marginGrades: z.number().min(0).max(9).describe('Grades between expectation and break-even without a margin.'),
  coverageRatio: Share.describe('Share of the population with a price below which missing prices are named.'),
});

const shape = z.strictObject({
  costs: costs.describe('What a question does not name itself.'),
  expectedGradeError: z.number().min(0.1).max(5).describe("Standard error of an owner's expectation, in grades."),
  priorCards: z
    .number()
    .min(0.01)
    .max(1000)
    .describe("Cards added to each grade where an owner's expectation counts. A larger value trusts the owner more."),
  leastCoverageRatio: Share.describe('Share of the population that must have a price for a verdict on the odds.'),
  verdicts: z
    .strictObject({
      slabGrade: Grade.describe('Grade whose price must pay for the grading.'),
      greenAboveRatio: Share.describe('Probability of profit above which the verdict is `green`.'),
      cautionFromRatio: Share.describe('Probability of profit from which it is `caution`; no more than for `green`.'),
    })
    .describe('Bounds of the verdict.'),
  eras: z
    .strictObject({
      junk_wax: Year.describe('First year of mass production.'),
      modern: Year.describe('First year of the modern era.'),
      current: Year.describe('First year of the current era.'),
    })
    .describe('First year of each era after `vintage`; they rise.'),
  rarityBelow: z
    .strictObject({
      very_rare: Cards.describe('Of `very_rare`.'),
      rare: Cards.describe('Of `rare`.'),
      scarce: Cards.describe('Of `scarce`; from it on a card is `common`.'),
    })
    .describe('Graded cards below which a card is so rare; they rise.'),
  scenarios: z
    .strictObject({
      pessimistic: z.number().min(0.01).max(0.5).describe('Of the pessimistic scenario.'),
      optimistic: z.number().min(0.5).max(0.99).describe('Of the optimistic scenario.'),
    })
    .describe('Quantiles of the grades, of which the lowest comes first.'),
  warnings: warnings.describe('Bounds of the warnings.'),
});

type Document = z.output<typeof shape>;

const contradictionsIn = ({ verdicts, eras, rarityBelow, warnings: bounds }: Document): Contradiction[] => [
  ...neverFall('a probability', [
    [['verdicts', 'cautionFromRatio'], verdicts.cautionFromRatio],
    [['verdicts', 'greenAboveRatio'], verdicts.greenAboveRatio],
  ]),
  ...rise(
    'a year',
    (['junk_wax', 'modern', 'current'] as const).map((era) => [['eras', era], eras[era]]),
  ),
  ...rise(
    'a population',
    (['very_rare', 'rare', 'scarce'] as const).map((rarity) => [['rarityBelow', rarity], rarityBelow[rarity]]),
  ),
  ...rise(
    'a population',
    (['tinyPopulation', 'smallPopulation', 'largePopulation', 'floodPopulation'] as const).map((bound) => [
      ['warnings', bound],
      bounds[bound],
    ]),
  ),
];

/** How prices and population become advice on grading. */
export const GRADING = definePolicy({
  name: 'grading-advice',
  title: 'Grading advice',
  summary: 'Costs, verdict and warnings of having a card graded, by the prices and the population of its grades.',
  shape,
  contradictionsIn,
  defaults: GRADING_RULES,
});
export type GradingRules = DocumentOf<typeof GRADING>;
