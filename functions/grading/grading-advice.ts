import { gradeAtQuantile, gradeOdds, probabilityOf, sumOf } from './grade-odds.ts';
import {
  costsOf,
  type Expected,
  expectedProfit,
  type GradeProfit,
  type GradingCosts,
  gradeProfits,
  mostProfitAt,
  outlayOf,
  proceedsOf,
} from './grade-profits.ts';
import type { GradingRules } from './grading-policy.ts';
import type { GradingQuestion } from './grading-question.ts';

export const VERDICTS = ['abort', 'buy_the_slab', 'cannot_tell', 'green', 'caution', 'gem_or_bust'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const ERAS = ['vintage', 'junk_wax', 'modern', 'current'] as const;
export type Era = (typeof ERAS)[number];

export const RARITIES = ['very_rare', 'rare', 'scarce', 'common'] as const;
export type Rarity = (typeof RARITIES)[number];

/** Everything that the answer and its warnings are made of; amounts in cents that are not rounded. */
export type GradingOutlook = {
  readonly grades: readonly GradeProfit[];
  readonly costs: GradingCosts;
  readonly outlay: number;
  readonly expected: Expected;
  /** P(profit) over the grades with a price; absent when none that is possible has one */
  readonly profitRatio?: number;
  /** the lowest grade that loses nothing */
  readonly breakEven?: GradeProfit | undefined;
  /** the highest grade with a profit */
  readonly target?: GradeProfit | undefined;
  /** expected profit of grading less what selling the raw card today brings above its price */
  readonly overSellingRaw?: number;
  readonly population: number;
  readonly tenRatio: number;
  readonly era: Era;
  readonly rarity: Rarity;
  readonly scenarios: Readonly<Record<'pessimistic' | 'likely' | 'optimistic', GradeProfit | undefined>>;
};

/** What grading a card may bring, by the population of its grades and the owner's expectation. */
export function gradingOutlook(question: GradingQuestion, rules: GradingRules): GradingOutlook {
  const costs = costsOf(question, rules);
  const outlay = outlayOf(question, costs);
  const grades = gradeProfits(gradeOdds(question, rules), outlay, costs);
  const expected = expectedProfit(grades, outlay);
  const rawGain = proceedsOf(question.rawPriceCents, costs) - question.rawPriceCents;
  const population = sumOf(grades.map((grade) => grade.population));
  const { coverageRatio, profit } = expected;
  return {
    grades,
    costs,
    outlay,
    expected,
    ...(coverageRatio > 0 && {
      profitRatio: Math.min(1, probabilityOf(grades.filter(isProfitable)) / coverageRatio),
    }),
    breakEven: grades.find((grade) => grade.profit !== undefined && grade.profit >= 0),
    target: grades.findLast(isProfitable),
    ...(profit !== undefined && { overSellingRaw: profit - rawGain }),
    population,
    tenRatio: (grades.find(({ grade }) => grade === 10)?.population ?? 0) / population,
    era: ERAS.findLast((era) => era !== 'vintage' && question.cardYear >= rules.eras[era]) ?? 'vintage',
    rarity: RARITIES.find((rarity) => rarity !== 'common' && population < rules.rarityBelow[rarity]) ?? 'common',
    scenarios: {
      pessimistic: gradeAtQuantile(grades, rules.scenarios.pessimistic),
      likely: grades.toSorted((one, other) => other.probabilityRatio - one.probabilityRatio)[0],
      optimistic: gradeAtQuantile(grades, rules.scenarios.optimistic),
    },
  };
}

export const isProfitable = ({ profit }: GradeProfit): boolean => profit !== undefined && profit > 0;

/**
 * The verdict, the first that holds: the expected grade loses, the grade that most cards get loses, prices cover too little of the
 * population, and else by the probability of profit.
 */
export function verdictOf({ expected: own }: GradingQuestion, outlook: GradingOutlook, rules: GradingRules): Verdict {
  const { grades, expected, profitRatio } = outlook;
  const { slabGrade, greenAboveRatio, cautionFromRatio } = rules.verdicts;
  if (own && (mostProfitAt(own.grade, grades) ?? 0) < 0) return 'abort';
  const priced = grades.filter(({ profit }) => profit !== undefined);
  const slab = priced.find(({ grade }) => grade === slabGrade) ?? priced.at(-1);
  if (slab && (slab.profit ?? 0) < 0) return 'buy_the_slab';
  if (profitRatio === undefined || expected.coverageRatio < rules.leastCoverageRatio) return 'cannot_tell';
  if (profitRatio > greenAboveRatio) return 'green';
  return profitRatio >= cautionFromRatio ? 'caution' : 'gem_or_bust';
}
