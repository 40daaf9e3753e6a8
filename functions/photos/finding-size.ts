import { z } from 'zod';

export const SeverityReadFrom = z
  .enum(['length', 'area', 'kind', 'model', 'unknown'])
  .describe(
    'What the severity was read from: the length of a crack or the area of its region, in shares of the photo; the kind alone; or the model itself. No photo has a scale.',
  );
export type SeverityReadFrom = z.infer<typeof SeverityReadFrom>;

const Share = z.number().min(0).max(1);

/** The shape of a crack on one photo, as measured; lengths are in shares of the photo's diagonal, because no photo has a scale. */
export const CrackShape = z
  .strictObject({
    lengthRatio: Share.describe("Length along its main axis, 0..1 of the photo's diagonal."),
    widthRatio: Share.describe(
      "Mean width of the marked region, 0..1 of the photo's diagonal: its area divided by its length.",
    ),
    spanRatio: Share.describe("How far it reaches across its main axis, 0..1 of the photo's diagonal."),
    cellRatio: Share.describe(
      "Side of one cell of the model's map, 0..1 of the photo's diagonal: nothing narrower can be told apart.",
    ),
    direction: z
      .enum(['horizontal', 'vertical', 'diagonal', 'unknown'])
      .describe('Of its main axis on the photo; `unknown` when it is not much longer than it is wide.'),
  })
  .describe('The shape of a crack, from the region that the model marks. Absent when no model says where it is.');
export type CrackShape = z.infer<typeof CrackShape>;
