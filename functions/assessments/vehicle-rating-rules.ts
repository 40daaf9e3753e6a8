/**
 * How facts and photos become the grade of a vehicle: a score from 5 (extra clean) to 0 (inoperable), on NAAA's scale.
 *
 * The scale and its names are the standard's (NAAA Vehicle Condition Grading Scale, 2022). It gives no grade by mileage,
 * age or severity: those numbers were chosen by eye, and were not fitted to graded cars. Where an entry has another
 * source, it says so. Each `spread` is a standard deviation in points of the score.
 */
export const VEHICLE_RATING_RULES = {
  /** a used car of which nothing is known: between average (3) and clean (4) */
  typical: { score: 3.5, spread: 0.8 },
  /** from the standard: the grade of each name */
  scoreOfStated: { extra_clean: 5, clean: 4, average: 3, rough: 2 },
  /** an owner's stated class is believed more than `typical`, and corrected by facts and photos */
  statedSpread: 0.5,
  /** score by odometer miles, of a car that was looked after; linear between the points */
  scoreByMiles: [
    [0, 5],
    [15_000, 4.6],
    [45_000, 4],
    [90_000, 3.3],
    [150_000, 2.6],
    [250_000, 1.8],
  ],
  /** score by years since the model year, of a car that was looked after; linear between the points */
  scoreByAge: [
    [0, 5],
    [3, 4.4],
    [7, 3.8],
    [12, 3.2],
    [20, 2.5],
  ],
  /** of the scores that miles or age alone give */
  wearSpread: 0.7,
  /** NAAA's cap for a damaged frame or a flood, as trade sources quote it */
  mostWithStructuralDamage: 2,
  /** points of a photo = those of its severity x the model's confidence */
  severityPoints: { undamaged: 0, minor: 0.5, moderate: 1.2, severe: 2.4 },
  /** points = those of the worst photo + 1/6 of all others': further photos may show the same damage */
  furtherViewShare: 1 / 6,
  /** score = expected - 4 x (1 - exp(-points / 2)): one photo of certain severe damage (2.4 points) takes 2.8 */
  damageTakes: { most: 4, pointsScale: 2 },
  /** usable photos with a certain answer, below which the vehicle is `undetermined` */
  leastViews: 2,
} as const;
