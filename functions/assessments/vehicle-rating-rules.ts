import type { Severity } from '../photos/photo-assessment.ts';
import type { GradeDistribution } from './grade-distribution.ts';

type BestGrades = { readonly one: number; readonly several: number };

/**
 * How facts and photos become the grade of a vehicle, 5 (extra clean) to 0 (inoperable).
 *
 * Scale, names and wording are the standard's (NAAA Vehicle Condition Grading Scale, 2022). Probabilities were chosen by eye
 * to match its words, and were not fitted to graded cars. Mileage and age are no condition: they move nothing.
 *
 * The default of the policy `vehicle-rating`.
 */
export const VEHICLE_RATING_RULES = {
  /**
   * Probability of the grades 5, 4.5 … 0 when enough photos show no damage. Photos do not tell "only minor panel defects"
   * (5) from "minor chips, scratches or paintless dent repair" (4), and seldom hide "normal wear, dings" (3).
   */
  noDamageVisible: [0.25, 0.35, 0.33, 0.05, 0.02, 0, 0, 0, 0, 0, 0] satisfies GradeDistribution,
  /** the same of a used car of which no photo shows a part without damage: about 3.4, and a wide range */
  nothingSeen: [0.05, 0.12, 0.2, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01, 0, 0] satisfies GradeDistribution,
  /** photos without damage of which `noDamageVisible` holds: front, rear, both sides; with fewer, a share of it */
  enoughViews: 4,
  /**
   * The best grade that damage on one panel, and on several, leaves, by NAAA's wording: 4 "minor chips, scratches or
   * paintless dent repair"; 3 "normal wear, dings, minor body or paint"; 2 "rough"; 1 "extra rough, severe". 0 is a vehicle
   * that does not run, which no photo shows.
   */
  bestGradeWith: {
    minor: { one: 4, several: 3 },
    moderate: { one: 3, several: 2 },
    severe: { one: 2, several: 1 },
  } satisfies Record<Severity, BestGrades>,
  /** so many damaged panels are several: two photos may show one damage from two sides */
  severalPanels: 3,
  /** NAAA's cap for a damaged frame and for a flood, as trade sources quote it */
  mostWithStructuralDamage: 2,
  /** the best grade of a stated class; `rough`, against the owner's interest, leaves the grade of its name */
  bestGradeOfStated: { clean: 4.5, average: 3.5, rough: 2 },
  /** how far a stated class is believed where the photos look better: by eye */
  statedCertainty: { clean: 0.75, average: 0.75 },
  /** the range runs from the grade at 10 % to the grade at 90 % of the distribution: it covers 80 % or more */
  rangeQuantiles: { from: 0.1, to: 0.9 },
} as const;

/**
 * How often the built-in model calls a vehicle damaged that is, and that is not. Measured, as the notes say: a property of the
 * model and of no policy.
 */
export const VEHICLE_MODEL_RATES = {
  /**
   * Share of pieces of photos with an answer that the model calls damaged (val: 103 of 116 with damage, 25 of 59 without). Of whole
   * undamaged vehicles it calls none of 92 damaged, but these are of other sources than the damaged ones: the pieces come from the same
   * photos, so that only damage tells them apart. At even odds one photo of damage is right with 0.888 / (0.888 + 0.424) = 0.68.
   */
  calledDamagedRatio: { damaged: 0.888, undamaged: 0.424 },
  /**
   * Share of photos of whole vehicles with an answer that the model calls severely damaged (val: 83 of 310 damaged ones of vds_web, and
   * none of 92 undamaged ones of Stanford Cars and OpenALPR, for which (0 + 1) / (92 + 2) stands, the rule of succession).
   */
  calledSevereRatio: { damaged: 0.268, undamaged: 0.0106 },
} as const;
