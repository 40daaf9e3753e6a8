import { type GradeOdds, sumOf } from './grade-odds.ts';
import type { GradingRules } from './grading-policy.ts';
import type { GradingQuestion } from './grading-question.ts';

export type GradingCosts = { readonly [Name in keyof GradingRules['costs']]: number };

/** The costs of a question, those that it does not name by the policy. */
export const costsOf = ({ costs }: GradingQuestion, rules: GradingRules): GradingCosts => ({
  ...rules.costs,
  ...Object.fromEntries(Object.entries(costs ?? {}).filter(([, amount]) => amount !== undefined)),
});

/** Days of a year, for interest. */
const YEAR_DAYS = 365;

/** What is spent until the graded card is sold, interest included: (raw + fee + postage) x (1 + interest x days / 365). */
export function outlayOf({ rawPriceCents }: GradingQuestion, costs: GradingCosts): number {
  const spent = rawPriceCents + costs.gradingFeeCents + costs.shippingCents;
  return spent * (1 + (costs.yearlyInterestRatio * (costs.gradingDays + costs.sellingDays)) / YEAR_DAYS);
}

/** What is left of a price after the sale; what would cost more to sell than it brings is not sold. */
export const proceedsOf = (priceCents: number, costs: GradingCosts): number =>
  Math.max(0, priceCents * (1 - costs.sellingShareRatio) - costs.sellingCents);

/** A grade and what it would bring. */
export type GradeProfit = GradeOdds & {
  /** in cents; absent when the grade has no price */
  readonly profit?: number;
};

export const gradeProfits = (odds: readonly GradeOdds[], outlay: number, costs: GradingCosts): GradeProfit[] =>
  odds.map((grade) =>
    grade.priceCents === undefined ? grade : { ...grade, profit: proceedsOf(grade.priceCents, costs) - outlay },
  );

/** What to expect of all grades. */
export type Expected = {
  /** of the probability, the share of grades with a price */
  readonly coverageRatio: number;
  /** over the grades with a price; absent when none that is possible has one */
  readonly profit?: number;
  /** the least that all grades can bring: a grade without price is worth the next lower one that has one, or nothing */
  readonly low: number;
  /** the most: it is worth the next higher one; absent when a possible grade has none above it */
  readonly high?: number;
};

/**
 * The expected profit over the grades with a price, how much of the probability they cover, and what the others could make of
 * it, given that a higher grade is worth no less.
 */
export function expectedProfit(grades: readonly GradeProfit[], outlay: number): Expected {
  const priced = grades.filter((grade) => grade.profit !== undefined);
  const coverageRatio = Math.min(1, sumOf(priced.map(({ probabilityRatio }) => probabilityRatio)));
  const bounds = grades
    .filter(({ probabilityRatio }) => probabilityRatio > 0)
    .map((grade) => ({ ...boundsOf(grade, priced, -outlay), probabilityRatio: grade.probabilityRatio }));
  return {
    coverageRatio,
    ...(coverageRatio > 0 && {
      profit: sumOf(priced.map(({ probabilityRatio, profit = 0 }) => probabilityRatio * profit)) / coverageRatio,
    }),
    low: sumOf(bounds.map(({ low, probabilityRatio }) => probabilityRatio * low)),
    ...(bounds.every(({ high }) => high !== undefined) && {
      high: sumOf(bounds.map(({ high = 0, probabilityRatio }) => probabilityRatio * high)),
    }),
  };
}

/** The profits between which a grade's is, by its own price or those of its neighbours, even where prices fall. */
function boundsOf({ grade }: GradeOdds, priced: readonly GradeProfit[], nothing: number) {
  const below = priced.findLast((other) => other.grade <= grade)?.profit ?? nothing;
  const above = mostProfitAt(grade, priced);
  return above === undefined ? { low: below } : { low: Math.min(below, above), high: Math.max(below, above) };
}

/** The profit of a grade; of one without price that of the next higher one, above which it cannot be. */
export const mostProfitAt = (grade: number, grades: readonly GradeProfit[]): number | undefined =>
  grades.find((other) => other.profit !== undefined && other.grade >= grade)?.profit;
