import { z } from 'zod';
import type { PolicyUse } from '../platform/policy-use.ts';
import { PolicyUses } from '../platform/policy-use.ts';
import { probabilityOf } from './grade-odds.ts';
import type { GradeProfit } from './grade-profits.ts';
import {
  ERAS,
  type GradingOutlook,
  gradingOutlook,
  RARITIES,
  VERDICTS,
  type Verdict,
  verdictOf,
} from './grading-advice.ts';
import type { GradingRules } from './grading-policy.ts';
import type { GradingQuestion } from './grading-question.ts';
import { gradingWarnings, WARNINGS } from './grading-warnings.ts';

const Cents = z.int();
const Ratio = z.number().min(0).max(1);
const Grade = z.number().min(1).max(10);

const GradeView = z.strictObject({
  grade: Grade.describe('The grade.'),
  priceCents: Cents.optional().describe('What a card of this grade sells for, in cents; absent when unknown.'),
  population: z.int().nonnegative().describe('Cards that have been given this grade.'),
  shareRatio: Ratio.describe('Share of all graded cards.'),
  probabilityRatio: Ratio.describe('Probability of this grade for your card: the share, shifted by your expectation.'),
  profitCents: Cents.optional().describe('What is left after every cost, in cents; absent without a price.'),
  returnRatio: z.number().optional().describe('Profit over outlay; absent without a price or an outlay.'),
});

const Scenario = z.strictObject({
  grade: Grade.describe('The grade.'),
  probabilityRatio: Ratio.describe('Probability of exactly this grade.'),
  profitCents: Cents.optional().describe('What it brings, in cents; absent without a price.'),
});

/** The answer to a question about grading. */
export const GradingAdvice = z
  .strictObject({
    verdict: z
      .enum(VERDICTS)
      .describe(
        '`abort`: the grade that you expect loses money. `buy_the_slab`: grade 8, or the highest with a price, loses money. `cannot_tell`: too few prices. Else by the probability of profit: `green`, `caution`, `gem_or_bust`.',
      ),
    advice: z.string().describe('The verdict in words.'),
    currency: z.string().describe('ISO 4217 code of the currency of every amount.'),
    outlayCents: Cents.describe('What is spent until the graded card is sold, interest included, in cents.'),
    costs: z
      .strictObject({
        gradingFeeCents: Cents.describe("The grading company's fee, in cents."),
        shippingCents: Cents.describe('Postage to the grading company and back, in cents.'),
        sellingShareRatio: Ratio.describe('Share of the price that the marketplace takes.'),
        sellingCents: Cents.describe('What a sale costs beside it, in cents.'),
        gradingDays: z.int().describe('Days at the grading company.'),
        sellingDays: z.int().describe('Days until it is sold.'),
        yearlyInterestRatio: Ratio.describe("A year's interest on what is tied up."),
      })
      .describe('The costs that were used: yours, and else those of the policy.'),
    expectedProfit: z
      .strictObject({
        cents: Cents.optional().describe(
          'Over the grades with a price, in cents; absent when none that is possible has one.',
        ),
        coverageRatio: Ratio.describe('Share of the probability that grades with a price cover.'),
        lowCents: Cents.describe('The least that all grades bring, one without price being worth the next lower one.'),
        highCents: Cents.optional().describe(
          'The most, it being worth the next higher one; absent when there is none.',
        ),
        overSellingRawCents: Cents.optional().describe('How much more than selling the raw card today, in cents.'),
      })
      .describe('What grading brings on average.'),
    profitRatio: Ratio.optional().describe('Probability of profit, over the grades with a price.'),
    breakEvenGrade: Grade.optional().describe('The lowest grade that loses nothing; absent when none.'),
    breakEvenRatio: Ratio.optional().describe('Probability of that grade or better.'),
    targetGrade: Grade.optional().describe('The highest grade with a profit; absent when none.'),
    grades: z.array(GradeView).describe('Every grade, the lowest first.'),
    scenarios: z
      .strictObject({
        pessimistic: Scenario.describe('One card in ten gets this grade or less.'),
        likely: Scenario.describe('The most probable grade.'),
        optimistic: Scenario.describe('Nine cards in ten get this grade or less.'),
      })
      .describe('What may come of it.'),
    population: z
      .strictObject({
        cards: z.int().describe('Graded cards.'),
        tenRatio: Ratio.describe('Share of tens among them.'),
        era: z.enum(ERAS).describe('Era of the card, by its year.'),
        rarity: z.enum(RARITIES).describe('How rare graded ones are.'),
      })
      .describe('What the population says.'),
    warnings: z
      .array(
        z.strictObject({
          code: z.enum(WARNINGS).describe('Stable name of the warning.'),
          text: z.string().describe('The warning in words.'),
        }),
      )
      .describe('What speaks against it, or makes it uncertain.'),
    policies: PolicyUses,
  })
  .meta({ id: 'GradingAdvice', description: 'Whether grading a card pays, with everything that it rests on.' });
export type GradingAdvice = z.infer<typeof GradingAdvice>;

const ADVICE: Readonly<Record<Verdict, string>> = {
  abort: 'Do not have it graded: the grade that you expect loses money.',
  buy_the_slab:
    'Do not have it graded: what the sale of a graded one leaves is less than the raw card and its grading cost.',
  cannot_tell: 'Too few of the grades have a price. Add prices of the grades that most cards get.',
  green: 'Have it graded: a profit is more likely than a loss.',
  caution: 'Have it graded only if you find no flaw: a profit is possible, and less likely than not.',
  gem_or_bust: 'A gamble: only a top grade brings a profit, and few cards get it.',
};

/** The advice on a question, and what it rests on. */
export function gradingAdvice(
  question: GradingQuestion,
  rules: GradingRules,
  policies: readonly PolicyUse[],
): GradingAdvice {
  const outlook = gradingOutlook(question, rules);
  const { grades, costs, profitRatio, breakEven, target, population, tenRatio, era, rarity } = outlook;
  const verdict = verdictOf(question, outlook, rules);
  return {
    verdict,
    advice: ADVICE[verdict],
    currency: question.currency,
    outlayCents: Math.round(outlook.outlay),
    costs,
    expectedProfit: expectedView(outlook),
    ...(profitRatio !== undefined && { profitRatio }),
    ...(breakEven && {
      breakEvenGrade: breakEven.grade,
      breakEvenRatio: probabilityOf(grades.filter(({ grade }) => grade >= breakEven.grade)),
    }),
    ...(target && { targetGrade: target.grade }),
    grades: grades.map((grade) => gradeView(grade, outlook.outlay)),
    scenarios: scenariosOf(outlook),
    population: { cards: population, tenRatio, era, rarity },
    warnings: gradingWarnings({ question, outlook, rules }),
    policies: [...policies],
  };
}

function expectedView({ expected, overSellingRaw }: GradingOutlook): GradingAdvice['expectedProfit'] {
  const { profit, coverageRatio, low, high } = expected;
  return {
    ...(profit !== undefined && { cents: Math.round(profit) }),
    coverageRatio,
    lowCents: Math.round(low),
    ...(high !== undefined && { highCents: Math.round(high) }),
    ...(overSellingRaw !== undefined && { overSellingRawCents: Math.round(overSellingRaw) }),
  };
}

const gradeView = ({ profit, ...grade }: GradeProfit, outlay: number): GradingAdvice['grades'][number] => ({
  ...grade,
  ...(profit !== undefined && { profitCents: Math.round(profit) }),
  ...(profit !== undefined && outlay > 0 && { returnRatio: profit / outlay }),
});

function scenariosOf({ scenarios }: GradingOutlook): GradingAdvice['scenarios'] {
  const view = (grade: GradeProfit | undefined) => {
    // A question has a grade with a population, hence each quantile has one, too.
    if (!grade) throw new Error('Expected a grade');
    const { profit, probabilityRatio } = grade;
    return { grade: grade.grade, probabilityRatio, ...(profit !== undefined && { profitCents: Math.round(profit) }) };
  };
  return {
    pessimistic: view(scenarios.pessimistic),
    likely: view(scenarios.likely),
    optimistic: view(scenarios.optimistic),
  };
}
