import type { GradingRules } from './grading-policy.ts';
import type { GradingQuestion } from './grading-question.ts';

/** A grade and how likely the card is to get it. */
export type GradeOdds = {
  readonly grade: number;
  readonly population: number;
  /** of all graded cards */
  readonly shareRatio: number;
  /** of this card: the share, shifted by its owner's expectation */
  readonly probabilityRatio: number;
  readonly priceCents?: number | undefined;
};

/** A likelihood that is as good as none. */
const LEAST_FIT = 1e-300;

/**
 * The probability of each grade, lowest grade first.
 *
 * By the population alone it is the grade's share. An expectation multiplies each share by exp(-(grade - expected)² / 2 error²),
 * with some cards added to each grade: what no card has been given yet is unlikely, and not impossible.
 */
export function gradeOdds({ grades, expected }: GradingQuestion, rules: GradingRules): readonly GradeOdds[] {
  const sorted = grades.toSorted((one, other) => one.grade - other.grade);
  const total = sumOf(sorted.map(({ population = 0 }) => population));
  const likelihoods = sorted.map(({ grade, population = 0 }) => {
    if (!expected) return population;
    const error = expected.errorGrades ?? rules.expectedGradeError;
    // Kept off zero, to which it would round far from the expectation.
    const fit = Math.max(LEAST_FIT, Math.exp(-((grade - expected.grade) ** 2) / (2 * error ** 2)));
    return (population + rules.priorCards) * fit;
  });
  const all = sumOf(likelihoods);
  return sorted.map(({ grade, population = 0, priceCents }, index) => ({
    grade,
    population,
    shareRatio: population / total,
    probabilityRatio: (likelihoods[index] ?? 0) / all,
    ...(priceCents !== undefined && { priceCents }),
  }));
}

/** The probability of any of these grades. */
export const probabilityOf = (odds: readonly GradeOdds[]): number =>
  Math.min(1, sumOf(odds.map(({ probabilityRatio }) => probabilityRatio)));

/** The lowest grade up to which this share of the probability lies. */
export function gradeAtQuantile(odds: readonly GradeOdds[], quantile: number): GradeOdds | undefined {
  let sum = 0;
  return odds.find(({ probabilityRatio }) => {
    sum += probabilityRatio;
    return sum >= quantile - 1e-9;
  });
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
