import { z } from 'zod';
import { RequestError } from '../platform/errors.ts';
import { LISTED_COMPS } from './listed-comps.ts';
import type { Valuation } from './valuation.ts';

/** Where a page begins: the digest of the evidence, and the number of comps of each list on earlier pages. */
export const ValuationPosition = z
  .string()
  .regex(/^[0-9a-f]{64}\.\d{1,9}$/)
  .brand<'ValuationPosition'>();
export type ValuationPosition = z.infer<typeof ValuationPosition>;

export type ValuationPage = {
  readonly valuation: Valuation;
  /** absent on the last page */
  readonly nextPosition?: ValuationPosition;
};

/**
 * A valuation with the comps of the page that begins at this position.
 *
 * @param valueFrom values with the comps from this one on
 * @throws RequestError when the evidence has changed since the page before: comps would be listed twice or never
 */
export function valuationPage(
  position: ValuationPosition | undefined,
  valueFrom: (from: number) => Valuation,
): ValuationPage {
  const [digest, from = '0'] = position?.split('.') ?? [];
  const valuation = valueFrom(Number(from));
  const { compsSha256, keptCount, droppedCount } = valuation;
  if (digest !== undefined && digest !== compsSha256) {
    throw new RequestError('invalid_cursor', 'The comps of this valuation have changed. Begin again without a cursor.');
  }
  const next = Number(from) + LISTED_COMPS;
  if (next >= Math.max(keptCount, droppedCount)) return { valuation };
  return { valuation, nextPosition: ValuationPosition.parse(`${compsSha256}.${next}`) };
}
