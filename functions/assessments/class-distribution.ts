import { UAD_CLASSES, type UadClass } from '../assets/asset.ts';

/** A probability for each UAD class, C1 first; they add up to 1. */
export type ClassDistribution = readonly number[];

/** The place of a class on the scale: 1 for C1 to 6 for C6. */
export const rankOf = (name: UadClass): number => UAD_CLASSES.indexOf(name) + 1;

/** The class at a place of the scale, or nearest to a score; half a class counts as the worse one. */
export const classAt = (score: number): UadClass =>
  UAD_CLASSES[Math.min(6, Math.max(1, Math.floor(score + 0.5))) - 1] ?? 'C6';

/** The best class that is possible. */
export const bestClassOf = (distribution: ClassDistribution): UadClass =>
  classAt(distribution.findIndex((share) => share > 0) + 1);

/** What is better than `bound` becomes `bound`. */
export const notBetterThan = (distribution: ClassDistribution, bound: UadClass): ClassDistribution => {
  const at = rankOf(bound) - 1;
  const better = distribution.slice(0, at).reduce((sum, share) => sum + share, 0);
  return distribution.map((share, index) => (index < at ? 0 : index === at ? share + better : share));
};

/** Each class becomes equally likely to be any class from itself, or from `best` where it is better, to C6. */
export const openFrom = (distribution: ClassDistribution, best: UadClass): ClassDistribution => {
  const first = distribution.map((_, index) => Math.max(index, rankOf(best) - 1));
  return distribution.map((_, at) =>
    distribution.reduce((sum, share, index) => {
      const from = first[index] ?? 0;
      return at < from ? sum : sum + share / (distribution.length - from);
    }, 0),
  );
};

/** `share` of the first and the rest of the second. */
export const mix = (one: ClassDistribution, other: ClassDistribution, share: number): ClassDistribution =>
  one.map((each, index) => share * each + (1 - share) * (other[index] ?? 0));

/** The best distribution that is nowhere better than either: of each class, at most so much lies at or above it as in both. */
export const worseOf = (one: ClassDistribution, other: ClassDistribution): ClassDistribution => {
  const [inOne, inOther] = [one, other].map((each) => each.map((_, at) => sumTo(each, at)));
  const least = one.map((_, at) => Math.min(inOne?.[at] ?? 0, inOther?.[at] ?? 0));
  return least.map((sum, at) => Math.max(0, sum - (least[at - 1] ?? 0)));
};

const sumTo = (distribution: ClassDistribution, at: number): number =>
  distribution.slice(0, at + 1).reduce((sum, share) => sum + share, 0);

/** The expected place on the scale, 1 to 6: sum of rank x probability. */
export const expectedScore = (distribution: ClassDistribution): number =>
  distribution.reduce((sum, share, index) => sum + share * (index + 1), 0);

/** Rounding error of a sum of probabilities. */
const EPSILON = 1e-9;

/** The class below or at which at least this share of the distribution lies. */
export function classAtQuantile(distribution: ClassDistribution, quantile: number): UadClass {
  let sum = 0;
  for (const [index, share] of distribution.entries()) {
    sum += share;
    if (sum >= quantile - EPSILON) return classAt(index + 1);
  }
  return 'C6';
}
