import type { FindingKind } from '../photos/photo-assessment.ts';

/**
 * How facts and findings become the condition of a property: a score from 1 (C1) to 6 (C6), the class being the nearest
 * whole number.
 *
 * The meaning of the classes is the standard's (Fannie Mae Selling Guide B4-1.3-06, UAD 2.6 wording). It names no numbers:
 * those here were chosen by eye to match its words, and were not fitted to houses that appraisers rated. Where an entry
 * has another source, it says so. Each `spread` is a standard deviation in points of the score.
 */
export const PROPERTY_RATING_RULES = {
  /** a house of which nothing is known; appraisers rate most C3 or C4, and the spread covers C2 to C5 at 95 % */
  typical: { score: 3.4, spread: 0.8 },
  /** an owner's stated class is believed more than `typical`, and corrected by facts and photos */
  statedSpread: 0.5,
  /**
   * Score by years since the house was built or renovated, from wear alone; linear between the points. After the wording:
   * C1 new, C2 little depreciation, C3 first cycle of renewing short-lived parts, C4 worn but adequate. Age alone never
   * makes C5: that takes deferred maintenance.
   */
  scoreByAge: [
    [0, 1.5],
    [5, 2.2],
    [15, 2.9],
    [30, 3.4],
    [60, 3.8],
    [100, 4],
  ],
  /** of the score that age alone gives */
  ageSpread: 0.6,
  /** a renovation renews most of a house: years of wear = years since + 0.25 x years before it */
  shareOfYearsKeptByRenovation: 0.25,
  /**
   * score = expected + 3 x (1 - exp(-points / 2.5)): each finding adds, later ones ever less. Points of a finding are
   * those of its severity x its confidence x the factor of its kind. One certain severe crack (1.6 points) adds 1.4,
   * two add 2.2, which makes a typical house C6.
   */
  findingsAdd: { most: 3, pointsScale: 2.5 },
  /** how much a kind counts at the same severity: what threatens soundness before what needs paint */
  kindFactor: {
    roof_damage: 1.2,
    spalling: 1.1,
    crack: 1,
    mould: 1,
    damp_stain: 0.9,
    hole: 0.9,
    broken_window: 0.8,
    peeling_paint: 0.5,
  } satisfies Record<FindingKind, number>,
  /** from the standard: C2 is "no deferred maintenance, require no repairs", so a house with a finding is C3 (2.5 and more) */
  bestScoreWithFinding: 2.5,
  /** usable photos, without copies, below which a side is `undetermined`: two rooms; one outside */
  leastViews: { interior: 2, exterior: 1 },
  /** overall = 0.6 x inside + 0.4 x outside */
  interiorShare: 0.6,
  /** the overall score is at most one class better than that of the worse side, so that one good side hides no bad one */
  mostBetterThanWorseSide: 1,
  /** spread = expected / sqrt(1 + views / 6): six views halve the variance */
  viewsThatHalveVariance: 6,
  /** no surer than this, which is how far appraisers were assumed to differ: seven of ten by less than half a class */
  leastSpread: 0.45,
} as const;
