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
      outcome: z
        .enum(['agrees', 'makes_worse', 'contradicted', 'not_compared'])
        .describe('How it compares with what is seen. A statement never makes a rating better.'),
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

export const VehicleRating = z.discriminatedUnion('status', [
  z.strictObject({
    scale: z.literal('NAAA').describe(SCALE),
    status: z.literal('rated').describe(STATUS),
    score: z
      .number()
      .min(0)
      .max(5)
      .describe('Condition on the NAAA scale, continuous: 5 is extra clean, 0 is inoperable.'),
    grade: z.number().min(0).max(5).multipleOf(0.5).describe('The score in steps of 0.5, as auctions use it.'),
    class: z.enum(VEHICLE_CLASSES).describe('The class nearest to the score.'),
    reasons: Reasons,
  }),
  Undetermined.extend({ scale: z.literal('NAAA').describe(SCALE) }),
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
