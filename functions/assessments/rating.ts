import { z } from 'zod';
import { UadClass } from '../assets/asset.ts';
import { Ratio } from '../photos/photo-assessment.ts';

/** What the rating rests on, or why there is none; in words, the weightiest first. */
const Reasons = z.array(z.string());

const Undetermined = z.strictObject({
  status: z.literal('undetermined'),
  reasons: Reasons,
  /** what would make a rating possible */
  missing: z.array(z.string()).min(1),
});

/** One side of a property on the UAD scale. */
export const PropertyPartRating = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('rated'),
    /** 1 is new, 6 is unsafe */
    score: z.number().min(1).max(6),
    class: UadClass,
    /** how likely each class is */
    probabilities: z.strictObject({ C1: Ratio, C2: Ratio, C3: Ratio, C4: Ratio, C5: Ratio, C6: Ratio }),
    reasons: Reasons,
  }),
  Undetermined,
]);
export type PropertyPartRating = z.infer<typeof PropertyPartRating>;

export const PropertyRating = z.strictObject({
  scale: z.literal('UAD'),
  exterior: PropertyPartRating,
  interior: PropertyPartRating,
  overall: PropertyPartRating,
});
export type PropertyRating = z.infer<typeof PropertyRating>;

export const VEHICLE_CLASSES = ['extra_clean', 'clean', 'average', 'rough', 'extra_rough', 'inoperable'] as const;

export const VehicleRating = z.discriminatedUnion('status', [
  z.strictObject({
    scale: z.literal('NAAA'),
    status: z.literal('rated'),
    /** 5 is extra clean, 0 is for parts */
    score: z.number().min(0).max(5),
    /** the score in the steps of 0.5 that auctions use */
    grade: z.number().min(0).max(5).multipleOf(0.5),
    class: z.enum(VEHICLE_CLASSES),
    reasons: Reasons,
  }),
  Undetermined.extend({ scale: z.literal('NAAA') }),
]);
export type VehicleRating = z.infer<typeof VehicleRating>;

/** Things for whose condition Fettle has no model: it says so rather than guess. */
export const NoRating = z.strictObject({
  scale: z.literal('none'),
  status: z.literal('not_rated'),
  statedCondition: z.string().optional(),
  reasons: Reasons,
});
export type NoRating = z.infer<typeof NoRating>;

export const Rating = z.union([PropertyRating, VehicleRating, NoRating]);
export type Rating = z.infer<typeof Rating>;
