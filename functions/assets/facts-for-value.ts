import { z } from 'zod';

/** Of facts by which the value is found. */
export const FOR_VALUE = 'For the value; no rating uses it.';

const Area = z.int().min(0).max(100_000);
const Word = z.string().trim().min(1).max(60);

/** What else price models know houses by; each within the limits of theirs. */
export const HOUSE_FACTS = {
  lotAreaSqft: z.int().min(100).max(100_000_000).optional().describe(`Area of the lot, in square feet. ${FOR_VALUE}`),
  floors: z.number().min(1).max(10).optional().describe(`Number of floors; a half is under the roof. ${FOR_VALUE}`),
  aboveGroundSqft: Area.optional().describe(`Living area above the ground, in square feet. ${FOR_VALUE}`),
  basementSqft: Area.optional().describe(`Area of the basement, in square feet; 0 without one. ${FOR_VALUE}`),
  waterfront: z.boolean().optional().describe(`Whether the lot lies on the water. ${FOR_VALUE}`),
  view: z.int().min(0).max(4).optional().describe(`How good the view is, from 0 to 4. ${FOR_VALUE}`),
  assessorGrade: z
    .int()
    .min(1)
    .max(13)
    .optional()
    .describe(`The assessor's grade of construction, from 1 to 13. ${FOR_VALUE}`),
  latitude: z.number().min(-90).max(90).optional().describe(`Degrees north, with \`longitude\`. ${FOR_VALUE}`),
  longitude: z
    .number()
    .min(-180)
    .max(180)
    .optional()
    .describe(`Degrees east, with \`latitude\`; negative in America. ${FOR_VALUE}`),
};

/** What else price models know vehicles by. */
export const CAR_FACTS = {
  cylinders: z.int().min(1).max(16).optional().describe(`Number of cylinders. ${FOR_VALUE}`),
  fuel: Word.optional().describe(`Such as gas, diesel, hybrid or electric. ${FOR_VALUE}`),
  transmission: Word.optional().describe(`Such as automatic or manual. ${FOR_VALUE}`),
  bodyType: Word.optional().describe(`Such as sedan, SUV, pickup or truck. ${FOR_VALUE}`),
  paintColor: Word.optional().describe(`Such as black or silver. ${FOR_VALUE}`),
  fourWheelDrive: z.boolean().optional().describe(`Whether all wheels are driven. ${FOR_VALUE}`),
};
