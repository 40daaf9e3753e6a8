import { z } from 'zod';
import { SEVERITIES } from '../photos/photo-assessment.ts';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { addUpToOne, eachOf, neverRise, noBetterThan, rangeQuantiles } from '../platform/policy-relations.ts';
import { GRADES } from './grade-distribution.ts';
import { VEHICLE_RATING_RULES } from './vehicle-rating-rules.ts';

const Share = z.number().min(0).max(1);
const Grade = z.number().min(0).max(5).multipleOf(0.5);
const Distribution = (when: string) =>
  z.array(Share).length(GRADES.length).describe(`Probability of the grades 5, 4.5 … 0 ${when}; they add up to 1.`);

/** The classes of a statement that bounds a grade; "extra clean" bounds none. */
const BOUNDING = ['clean', 'average', 'rough'] as const;
/** Those of them that are believed in part; "rough" is against the owner's interest, and believed outright. */
const BELIEVED_IN_PART = ['clean', 'average'] as const;

const shape = z.strictObject({
  noDamageVisible: Distribution('when enough photos show no damage'),
  nothingSeen: Distribution('of a used vehicle of which no photo shows a part without damage; nowhere better'),
  enoughViews: z
    .int()
    .min(1)
    .max(100)
    .describe('Photos without damage of which `noDamageVisible` holds; with fewer, a share of it.'),
  bestGradeWith: eachOf(SEVERITIES, (severity) =>
    z
      .strictObject({
        one: Grade.describe(`The best grade that ${severity} damage on one panel leaves.`),
        several: Grade.describe(
          `The best grade that ${severity} damage on \`severalPanels\` leaves; no better than one.`,
        ),
      })
      .describe(`What ${severity} damage leaves; a worse severity leaves no better grade.`),
  ).describe('The best grade that damage leaves, by its severity.'),
  severalPanels: z.int().min(1).max(100).describe('So many damaged panels are several.'),
  mostWithStructuralDamage: Grade.describe(
    'The best grade of a vehicle with stated damage of its frame or by a flood.',
  ),
  bestGradeOfStated: eachOf(BOUNDING, (stated) =>
    Grade.describe(`The best grade of a vehicle that its owner calls ${stated}.`),
  ).describe(
    'The best grade that a stated class leaves; a worse class leaves no better grade. `extra_clean` bounds nothing.',
  ),
  statedCertainty: eachOf(BELIEVED_IN_PART, (stated) =>
    Share.describe(`How far the statement "${stated}" is believed where the photos look better.`),
  ).describe('How far a stated class is believed, 0..1; `rough` always is.'),
  rangeQuantiles: rangeQuantiles(),
});

type Document = z.output<typeof shape>;

const contradictionsIn = ({
  noDamageVisible,
  nothingSeen,
  bestGradeWith,
  bestGradeOfStated,
}: Document): Contradiction[] => [
  ...addUpToOne(['noDamageVisible'], noDamageVisible),
  ...addUpToOne(['nothingSeen'], nothingSeen),
  ...noBetterThan(['nothingSeen'], nothingSeen, ['noDamageVisible'], noDamageVisible),
  ...(['one', 'several'] as const).flatMap((number) =>
    neverRise(
      'a grade',
      SEVERITIES.map((severity) => [['bestGradeWith', severity, number], bestGradeWith[severity][number]]),
    ),
  ),
  ...SEVERITIES.flatMap((severity) =>
    neverRise('a grade', [
      [['bestGradeWith', severity, 'one'], bestGradeWith[severity].one],
      [['bestGradeWith', severity, 'several'], bestGradeWith[severity].several],
    ]),
  ),
  ...neverRise(
    'a grade',
    BOUNDING.map((stated) => [['bestGradeOfStated', stated], bestGradeOfStated[stated]]),
  ),
];

/** How facts and photos become the grade of a vehicle. */
export const VEHICLE_RATING = definePolicy({
  name: 'vehicle-rating',
  title: 'Rating of a vehicle',
  summary: 'How facts and photos become the grade of a vehicle on the NAAA scale.',
  shape,
  contradictionsIn,
  defaults: VEHICLE_RATING_RULES,
});
export type VehicleRatingRules = DocumentOf<typeof VEHICLE_RATING>;
