import { type Random, seededRandom } from '../boosting/random.ts';
import type { PriceFacts, PriceKind } from '../price-facts.ts';

/** Facts that come together, or are missing together. */
const TOGETHER: readonly (readonly string[])[] = [['latitude', 'longitude']];

/** Facts that are never blank, by kind. */
const KEPT: Record<PriceKind, readonly string[]> = { vehicle: ['model'], house: ['livingAreaSqft'] };

/** Share of the facts that a copy loses. */
const BLANK_RATIO = 0.3;
/** Share of the copies of vehicles whose model becomes an unknown one. */
const UNKNOWN_MODEL_RATIO = 0.15;

export const UNKNOWN_WORD = 'unknown';

/**
 * Copies of rows with facts removed, so that a model learns what a missing fact or an unknown model means, also where the
 * table has none missing.
 *
 * @param places the rows that are copied
 */
export function blankFacts(
  kind: PriceKind,
  rows: readonly PriceFacts[],
  places: ArrayLike<number>,
  seed: number,
): PriceFacts[] {
  const random = seededRandom(seed);
  return Array.from(places, (place) => blanked(kind, rows[place] as PriceFacts, random));
}

function blanked(kind: PriceKind, facts: PriceFacts, random: Random): PriceFacts {
  const lost = new Set(Object.keys(facts).filter((fact) => !KEPT[kind].includes(fact) && random() < BLANK_RATIO));
  for (const fellows of TOGETHER)
    if (fellows.some((fact) => lost.has(fact))) for (const fact of fellows) lost.add(fact);
  const left = Object.fromEntries(Object.entries(facts).filter(([fact]) => !lost.has(fact)));
  if (kind !== 'vehicle' || random() >= UNKNOWN_MODEL_RATIO) return left;
  const make = String(facts.make ?? String(facts.model).split(' ', 1)[0]);
  return { ...left, make: random() < 0.5 ? make : UNKNOWN_WORD, model: UNKNOWN_WORD };
}
