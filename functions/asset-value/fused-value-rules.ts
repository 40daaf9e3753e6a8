/**
 * How comps, price model and the owner's statement become one value. All chosen by eye, but the level of the intervals, which is
 * that of the sources.
 *
 * The default of the policy `fused-value`.
 */
export const FUSED_VALUE_RULES = {
  /**
   * Share of the variance of the surest source that is in all of them: what no fact and no comp says of the thing, and what its
   * buyer happens to pay. It does not average out, so that two sources are not twice as sure as one. 0: nothing is shared.
   */
  sharedVarianceRatio: 0.5,
  /** evidence of different years is combined up to so many years apart; beyond, the older stands beside the value */
  mostYearsApart: 2,
  /** 80 % reach by which prices in general move in a year, as a share of the value; added in quadrature for each year apart */
  yearlyDriftRatio: 0.06,
  /** the same between asking and sold prices, which nobody has measured for the thing */
  otherKindOfPriceRatio: 0.1,
  /** the owner's statement: its 80 % reach as a share of itself, and the most that it may count */
  stated: { reachRatio: 0.3, mostShareRatio: 0.1 },
} as const;
