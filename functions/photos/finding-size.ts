import { z } from 'zod';

export const SeverityReadFrom = z
  .enum(['length', 'area', 'kind', 'model', 'unknown'])
  .describe(
    'What the severity was read from: the length of a crack or the area of its region, in shares of the photo; the kind alone; or the model itself. No photo has a scale.',
  );
export type SeverityReadFrom = z.infer<typeof SeverityReadFrom>;
