import { sha256 } from '../platform/sha256.ts';
import { CORRECTED_SQUARE_KM, positionOf, squareOf } from './place-squares.ts';
import type { PriceFacts } from './price-facts.ts';
import { flagsOf } from './price-flags.ts';
import { LEVEL_RATIO, type PriceModelSchema } from './price-model-schema.ts';
import type { Estimate } from './price-prediction.ts';

const centsOf = (logPrice: number): number => Math.max(0, Math.round(100 * Math.exp(logPrice)));

/**
 * The estimate of one row.
 *
 * @param outputs of the trees for the row, in the order that PriceModelSchema tells
 */
export function estimateOf(schema: PriceModelSchema, facts: PriceFacts, outputs: readonly number[]): Estimate {
  const { members, calibration, coverage, market, name, version } = schema;
  const memberLogPrices = outputs.slice(0, members);
  const median = meanOf(memberLogPrices);
  const flags = flagsOf(schema, facts);
  const factor = flags.some(({ code }) => code === 'out_of_range') ? calibration.outOfRangeFactor : 1;
  const [lowShift, highShift] = shiftsAt(calibration, facts);
  const low = Math.min(0, (outputs[members] as number) + lowShift);
  const high = Math.max(0, (outputs[members + 1] as number) + highShift);
  const p10Cents = centsOf(median + factor * low);
  const p90Cents = centsOf(median + factor * high);
  const p50Cents = centsOf(median);
  const band = coverage.bands.findLast(({ fromCents }) => p50Cents >= fromCents) ?? coverage.bands[0];
  if (!band) throw new Error(`model ${name} has no coverage`);
  return {
    valueCents: p50Cents,
    p10Cents,
    p50Cents,
    p90Cents,
    ...market,
    interval: {
      levelRatio: LEVEL_RATIO,
      coverageRatio: coverage.coverageRatio,
      band,
      heldOutRows: coverage.heldOutRows,
    },
    flags,
    contributions: [],
    baseCents: 0,
    model: { name, version },
    inputsHash: inputsHash(facts),
    memberLogPrices,
  };
}

/** The conformal corrections of P10 and P90 at the place of a thing. */
function shiftsAt({ bySquare, lowShift, highShift }: PriceModelSchema['calibration'], facts: PriceFacts) {
  const position = bySquare && positionOf(facts);
  return (position && bySquare[squareOf(position, CORRECTED_SQUARE_KM)]) ?? ([lowShift, highShift] as const);
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** SHA-256 of the facts as JSON, sorted by name. */
export function inputsHash(facts: PriceFacts): string {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return sha256(JSON.stringify(known.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
