import { z } from 'zod';
import { UadClass, UadQuality } from '../assets/asset.ts';
import { Ratio } from '../photos/photo-assessment.ts';

const STATUS = 'Whether there is a rating.';
const SCALE = 'The scale of the rating.';
const Reasons = z
  .array(z.string())
  .describe('What the rating rests on, or why there is none; in words, the weightiest first.');

const Undetermined = z.strictObject({
  status: z.literal('undetermined').describe(STATUS),
  reasons: Reasons,
  missing: z.array(z.string()).min(1).describe('What would make a rating possible, in words.'),
});

const Score = z
  .number()
  .min(1)
  .max(6)
  .describe('Condition on the UAD scale, continuous: 1 is new, 6 is unsafe or unsound. The mean of the probabilities.');

const StatedOutcome = z
  .enum(['agrees', 'makes_worse', 'contradicted', 'not_compared'])
  .describe('How it compares with what is seen. A statement never makes a rating better.');

const Probability = Ratio.describe('Probability of this class, 0..1.');

/** One side of a property on the UAD scale. */
export const PropertyPartRating = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('rated').describe(STATUS),
    score: Score,
    class: UadClass.describe('The class nearest to the score.'),
    range: z
      .strictObject({ from: UadClass.describe('The best class.'), to: UadClass.describe('The worst class.') })
      .optional()
      .describe('The classes that hold 80 % or more of the probability, widened by findings without a place.'),
    probabilities: z
      .strictObject({
        C1: Probability,
        C2: Probability,
        C3: Probability,
        C4: Probability,
        C5: Probability,
        C6: Probability,
      })
      .describe('How likely each class is; they add up to 1, but for rounding.'),
    seen: z
      .strictObject({ score: Score, class: UadClass.describe('The class nearest to the score.') })
      .optional()
      .describe("What photos and facts make of it, without the owner's statement."),
    reasons: Reasons,
  }),
  Undetermined.extend({
    noBetterThan: UadClass.optional().describe(
      'The class that the owner stated against their own interest: whatever photos will show, it is no better.',
    ),
  }),
]);
export type PropertyPartRating = z.infer<typeof PropertyPartRating>;

export const PropertyRating = z.strictObject({
  scale: z.literal('UAD').describe(SCALE),
  exterior: PropertyPartRating.describe('The outside.'),
  interior: PropertyPartRating.describe('The inside.'),
  overall: PropertyPartRating.describe('The whole property, between its sides; undetermined when either side is.'),
  stated: z
    .strictObject({
      class: UadClass.describe('The class that the owner stated.'),
      outcome: StatedOutcome,
      meaning: z.string().describe('The same in words.'),
    })
    .optional()
    .describe("The owner's statement beside the rating."),
  quality: z
    .strictObject({
      status: z.literal('not_rated_from_photos').describe('Quality of construction is not rated from photos.'),
      stated: UadQuality.optional().describe('The quality that the owner stated, not checked.'),
    })
    .optional()
    .describe('Quality of construction, Q1 to Q6.'),
});
export type PropertyRating = z.infer<typeof PropertyRating>;

export const VEHICLE_CLASSES = ['extra_clean', 'clean', 'average', 'rough', 'extra_rough', 'inoperable'] as const;
const VehicleClass = z.enum(VEHICLE_CLASSES);

const Grade = z.number().min(0).max(5).multipleOf(0.5);

const VehicleFigures = z.strictObject({
  score: z
    .number()
    .min(0)
    .max(5)
    .describe(
      'Condition on the NAAA scale, continuous: 5 is extra clean, 0 is inoperable. The mean of the probabilities.',
    ),
  grade: Grade.describe('The score in steps of 0.5, as auctions use it; of two as near the worse.'),
  class: VehicleClass.describe('The name of the grade without its half step: 4.5 and 4 are clean.'),
});

const VehicleCategory = z.strictObject({
  status: z
    .enum(['seen', 'stated_damage', 'not_inspected'])
    .describe('`seen` on photos, `stated_damage` by the owner, or `not_inspected`: nothing is known of it.'),
  meaning: z.string().describe('The same in words.'),
});

/** What a rated and an undetermined vehicle have in common; optional, because release 0.1.0 stored none. */
const AboutVehicle = {
  scale: z.literal('NAAA').describe(SCALE),
  categories: z
    .strictObject({
      paintAndBody: VehicleCategory.describe('Paint and body.'),
      interior: VehicleCategory.describe('The interior.'),
      frame: VehicleCategory.describe('Frame or unibody.'),
      mechanical: VehicleCategory.describe('Engine, drive and electrics.'),
      tires: VehicleCategory.describe('Tires.'),
    })
    .optional()
    .describe('The five categories of the standard, and what was examined of each.'),
  facts: z
    .strictObject({
      odometerMiles: z.int().nonnegative().optional().describe('Odometer reading, in miles.'),
      modelYear: z.int().optional().describe('Model year.'),
    })
    .optional()
    .describe('Facts of use and age, as stated: beside the grade, without effect on it.'),
  stated: z
    .strictObject({
      class: VehicleClass.describe('The class that the owner stated.'),
      outcome: StatedOutcome,
      meaning: z.string().describe('The same in words.'),
    })
    .optional()
    .describe("The owner's statement beside the rating."),
};

export const VehicleRating = z.discriminatedUnion('status', [
  VehicleFigures.extend({
    ...AboutVehicle,
    status: z.literal('rated').describe(STATUS),
    range: z
      .strictObject({ from: Grade.describe('The best grade.'), to: Grade.describe('The worst grade.') })
      .optional()
      .describe('The grades that hold 80 % or more of the probability.'),
    probabilities: z
      .array(z.strictObject({ grade: Grade.describe('The grade.'), probability: Ratio.describe('0..1.') }))
      .optional()
      .describe(
        'How likely each grade is, the best first, without impossible ones; they add up to 1, but for rounding.',
      ),
    seen: VehicleFigures.optional().describe("What photos and facts make of it, without the owner's statement."),
    reasons: Reasons,
  }),
  Undetermined.extend({
    ...AboutVehicle,
    noBetterThan: Grade.optional().describe(
      'The best grade with what the owner stated against their own interest: whatever photos will show, it is no better.',
    ),
  }),
]);
export type VehicleRating = z.infer<typeof VehicleRating>;

/** Things for whose condition Fettle has no model: it says so rather than guess. */
export const NoRating = z.strictObject({
  scale: z.literal('none').describe(SCALE),
  status: z.literal('not_rated').describe(STATUS),
  statedCondition: z.string().optional().describe('What the owner says of its condition, not checked.'),
  reasons: Reasons,
});
export type NoRating = z.infer<typeof NoRating>;

export const Rating = z
  .union([PropertyRating, VehicleRating, NoRating])
  .describe('Condition on the scale of the trade: UAD for a property, NAAA for a vehicle, none for other things.');
export type Rating = z.infer<typeof Rating>;
