import type { UadClass } from '../assets/asset.ts';
import type { FindingKind, Severity } from '../photos/photo-assessment.ts';
import type { ClassDistribution } from './class-distribution.ts';

/** How bad a finding is for the class of a property, from what needs a brush to what threatens the structure. */
export const FINDING_WEIGHTS = ['cosmetic', 'moderate', 'significant', 'soundness'] as const;
/** `inspect`: nobody can tell from the photo how bad it is. */
export const WEIGHTS = [...FINDING_WEIGHTS, 'inspect'] as const;
export type FindingWeight = (typeof WEIGHTS)[number];

/**
 * How facts and findings become the condition of a property on the UAD scale, C1 to C6.
 *
 * The gates and the meaning of the classes are the standard's (Fannie Mae Selling Guide B4-1.3-06; gates: Appraiser Update,
 * Q4 2025, for UAD 3.6). Shares and weights were chosen by eye to match its words, and were not fitted to houses that
 * appraisers rated.
 *
 * The default of the policy `property-rating`.
 */
export const PROPERTY_RATING_RULES = {
  /** the standard's gate: C1 only within 12 months of construction; of a date only the year is known, so 1 year back may be */
  newConstructionYears: 1,
  /** the standard's gate: C2 only if new or remodelled to the studs within 36 months */
  remodelledYears: 3,
  /**
   * Probability of C1 … C6 before any photo, by what the gates leave. Photos of a house without findings do not tell C2 from
   * C4, so these remain. Appraisers rate most houses C3 or C4; age is no condition and moves nothing.
   */
  priors: {
    /** within 12 months of construction */
    new: [0.65, 0.27, 0.07, 0.01, 0, 0],
    /** new or remodelled to the studs within 36 months */
    renewed: [0, 0.68, 0.25, 0.06, 0.01, 0],
    /** every other house */
    typical: [0, 0, 0.64, 0.31, 0.04, 0.01],
  } satisfies Record<string, ClassDistribution>,
  /**
   * the best class that a finding of a weight leaves, after the wording of the classes; with `inspect` every class from it to C6
   * is equally likely
   */
  bestClassWith: {
    cosmetic: 'C3',
    moderate: 'C4',
    inspect: 'C4',
    significant: 'C5',
    soundness: 'C6',
  } satisfies Record<FindingWeight, UadClass>,
  /** so many cosmetic findings together are deferred maintenance, which leaves C4 at best */
  cosmeticFindingsOfC4: 3,
  /** the weight of a finding by kind and severity: paint before water, water before the structure */
  weightOf: {
    peeling_paint: { minor: 'cosmetic', moderate: 'cosmetic', severe: 'moderate' },
    crack: { minor: 'cosmetic', moderate: 'moderate', severe: 'significant' },
    damp_stain: { minor: 'cosmetic', moderate: 'moderate', severe: 'significant' },
    hole: { minor: 'cosmetic', moderate: 'moderate', severe: 'significant' },
    mould: { minor: 'moderate', moderate: 'moderate', severe: 'significant' },
    broken_window: { minor: 'moderate', moderate: 'moderate', severe: 'significant' },
    spalling: { minor: 'moderate', moderate: 'significant', severe: 'soundness' },
    roof_damage: { minor: 'moderate', moderate: 'significant', severe: 'soundness' },
    unknown_damage: { minor: 'inspect', moderate: 'inspect', severe: 'inspect' },
    destroyed: { minor: 'soundness', moderate: 'soundness', severe: 'soundness' },
  } satisfies Record<FindingKind, Record<Severity, FindingWeight>>,
  /**
   * A stated class makes each class less likely by its distance to it: 1, 1/2, 1/4 …; used only where the rating becomes worse
   * by it, because its owner has an interest
   */
  statedShareByDistance: [1, 0.5, 0.25, 0.125, 0.0625, 0.03125],
  /** a statement of these classes, or worse, is against the owner's interest: the rating is no better */
  againstInterestFrom: 'C5' satisfies UadClass,
  /** places, or photos of the outside, below which a side is `undetermined`: two rooms; one view outside */
  leastViews: { interior: 2, exterior: 1 },
  /** overall = 0.6 x inside + 0.4 x outside, class by class */
  interiorShare: 0.6,
  /** the range runs from the class at 10 % to the class at 90 % of the distribution: it covers 80 % or more */
  rangeQuantiles: { from: 0.1, to: 0.9 },
} as const;
