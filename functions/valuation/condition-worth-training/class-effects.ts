import { UAD_CLASSES, type UadClass } from '../../assets/asset.ts';
import type { MeasuredLevels } from '../condition-worth-table.ts';

/** A way to read the assessor's ratings as UAD classes. */
export type Mapping = { readonly why: string; readonly ratings: Readonly<Record<UadClass, string[]>> };

/**
 * The assessor's words are Very Poor and Poor (1-2), Fair (3), Below Average (4), Average (5), Above Average (6), Good (7), Very
 * Good (8), Excellent (9). No table has both these ratings and UAD classes, so three readings of the words stand side by side.
 * None has C1: a house that nobody has lived in is rated 5 like most others.
 */
export const MAPPINGS: readonly Mapping[] = [
  {
    why: 'by the words: an average house is adequately maintained, C4; a good one well maintained, C3',
    ratings: { C1: [], C2: ['8', '9'], C3: ['6', '7'], C4: ['5'], C5: ['3', '4'], C6: ['1-2'] },
  },
  {
    why: 'strict: C2 needs no repairs at all, so only excellent is C2; above average still has some wear, C4',
    ratings: { C1: [], C2: ['9'], C3: ['7', '8'], C4: ['5', '6'], C5: ['3', '4'], C6: ['1-2'] },
  },
  {
    why: 'by frequency: appraisers call most houses C3, and most are rated 5 to 7; below average is C4, fair C5',
    ratings: { C1: [], C2: ['8', '9'], C3: ['5', '6', '7'], C4: ['4'], C5: ['3'], C6: ['1-2'] },
  },
];

/** Effects of ratings on ln(price), and numbers of sales, by rating. */
export type RatingEffects = ReadonlyMap<string, { readonly logRatio: number; readonly sales: number }>;

/** The mean over the sales of these ratings; NaN without any. */
function meanOf(effects: RatingEffects, ratings: Iterable<string>): { logRatio: number; sales: number } {
  let sales = 0;
  let sum = 0;
  for (const rating of ratings) {
    const effect = effects.get(rating);
    sales += effect?.sales ?? 0;
    sum += (effect?.sales ?? 0) * (effect?.logRatio ?? 0);
  }
  return { logRatio: sum / sales, sales };
}

/** The effect of each class against the mix of all sales; a class without a sale has that of the next one with sales, C1 of C2. */
export function classEffects(effects: RatingEffects, { ratings }: Mapping): { logRatio: number; sales: number }[] {
  const typical = meanOf(effects, effects.keys());
  const measured = UAD_CLASSES.map((name) => meanOf(effects, ratings[name]));
  return measured.map(({ logRatio, sales }, at) => {
    const neighbour = measured[at === 0 ? 1 : at - 1]?.logRatio ?? Number.NaN;
    return { logRatio: (sales > 0 ? logRatio : neighbour) - typical.logRatio, sales };
  });
}

/** Sales of a level, at least: the bootstrap of fewer understates what is not known. */
export const LEAST_SALES = 30;

/**
 * The classes with their uncertainty. One with fewer than LEAST_SALES sales is known no better than its step to the next class:
 * the square of that step is added to its variance. C1, which has none, takes effect and step from C2 and C3.
 *
 * @param covariance of the effects over resamples
 */
export function measuredClasses(
  effects: readonly { readonly logRatio: number; readonly sales: number }[],
  covariance: readonly (readonly number[])[],
): MeasuredLevels<UadClass> {
  const stepOf = (at: number): number => {
    const [here, other] = at === 0 ? [1, 2] : [at, at - 1];
    return (effects[here]?.logRatio ?? 0) - (effects[other]?.logRatio ?? 0);
  };
  const isMeasured = (at: number): boolean => (effects[at]?.sales ?? 0) >= LEAST_SALES;
  return {
    levels: UAD_CLASSES.map((level, at) => ({
      level,
      ...(effects[at] ?? { logRatio: 0, sales: 0 }),
      isMeasured: isMeasured(at),
    })),
    covariance: covariance.map((row, i) =>
      row.map((each, j) => (i === j && !isMeasured(i) ? each + stepOf(i) ** 2 : each)),
    ),
  };
}
