import { certaintyInWords } from '../photos/certainty.ts';

/** The NAAA grades, best first. */
export const GRADES = [5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5, 0] as const;

/** A probability for each of `GRADES`; they add up to 1. */
export type GradeDistribution = readonly number[];

/** A vehicle is no better than `best`, as surely as `certainty`, 0..1. */
export type GradeBound = { readonly best: number; readonly certainty: number };

/**
 * The distribution under all of these bounds.
 *
 * P(better than g) <- P(better than g) x (1 - highest certainty of the bounds at g or worse): the bounds stem from the same
 * answers of a model, so they are right or wrong together. Further, lower or surer bounds never make it better.
 */
export function bounded(distribution: GradeDistribution, bounds: readonly GradeBound[]): GradeDistribution {
  const betterThan = (index: number): number => {
    // Below the worst grade there is neither grade nor bound: everything is better.
    const grade = GRADES[index] ?? Number.NEGATIVE_INFINITY;
    const surest = Math.max(0, ...bounds.filter(({ best }) => best <= grade).map(({ certainty }) => certainty));
    return sumOf(distribution.slice(0, index)) * (1 - surest);
  };
  return GRADES.map((_, index) => Math.max(0, betterThan(index + 1) - betterThan(index)));
}

/** The expected grade: sum of grade x probability. */
export const expectedGrade = (distribution: GradeDistribution): number =>
  GRADES.reduce<number>((sum, grade, index) => sum + grade * (distribution[index] ?? 0), 0);

/** Rounding error of a sum of probabilities. */
const EPSILON = 1e-9;

/** The grade at or above which at least this share of the distribution lies. */
export const gradeAtQuantile = (distribution: GradeDistribution, quantile: number): number =>
  GRADES.find((_, index) => sumOf(distribution.slice(0, index + 1)) >= quantile - EPSILON) ?? 0;

/** The grades that are possible, with their shares in per cent, such as `25 % for 5, 75 % for 4.5`. */
export const gradesInWords = (distribution: GradeDistribution): string =>
  GRADES.flatMap((grade, index) => {
    const share = distribution[index] ?? 0;
    return share >= 0.005 ? [`${certaintyInWords(share)} for ${grade}`] : [];
  }).join(', ');

const sumOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);
