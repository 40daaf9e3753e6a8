import { CORRECTED_SQUARE_KM, centreOf, type PositionKm, positionOf, squareOf } from '../place-squares.ts';
import type { PriceFacts } from '../price-facts.ts';
import { LEVEL_RATIO, type PriceModelSchema } from '../price-model-schema.ts';
import type { Spread } from './cross-fit.ts';

/** Nearest things whose residuals correct a square: 200 to 800 made no difference beyond chance on King County's. */
const NEIGHBOURS = 400;
/** Tables of fewer things of known place are one neighbourhood. */
const LEAST_ROWS = 4 * NEIGHBOURS;
/** Bandwidth of the kernel, as a share of the distance of the furthest neighbour, whose weight is then exp(-1.5^2 / 2) = 0.32. */
const BANDWIDTH_RATIO = 1 / 1.5;
/** Decimals of a correction: 0.0001 is a hundredth of a per cent of the price. */
const DECIMALS = 4;

/**
 * Corrections of P10 and P90 for each square of the grid that holds a thing of the table: conformal quantiles of what the
 * nearest things left, weighted by a Gaussian kernel of their distance to the middle of the square (arXiv 2312.06531, on a grid,
 * so that a model need not carry its residuals). Undefined where too few things have coordinates.
 */
export function correctionsBySquare(
  facts: readonly PriceFacts[],
  { lowLeft, highLeft }: Pick<Spread, 'lowLeft' | 'highLeft'>,
): PriceModelSchema['calibration']['bySquare'] {
  const placed = facts.flatMap((each, row) => {
    const position = positionOf(each);
    return position ? [{ row, position }] : [];
  });
  if (placed.length < LEAST_ROWS) return undefined;
  const tail = (1 - LEVEL_RATIO) / 2;
  const squares = new Set(placed.map(({ position }) => squareOf(position, CORRECTED_SQUARE_KM)));
  return Object.fromEntries(
    [...squares].toSorted().map((square) => {
      const neighbours = neighboursOf(centreOf(square), placed);
      const quantile = (left: Float64Array, shareRatio: number): number =>
        weightedConformal(
          neighbours.map(({ row, weight }) => ({ value: left[row] as number, weight })),
          shareRatio,
        );
      const shifts = [quantile(lowLeft, tail), quantile(highLeft, 1 - tail)] as const;
      return [square, shifts.map((shift) => Number(shift.toFixed(DECIMALS))) as [number, number]];
    }),
  );
}

type Placed = { readonly row: number; readonly position: PositionKm };

/** The nearest things with their weights; the nearest possible one weighs 1. */
function neighboursOf(middle: PositionKm, placed: readonly Placed[]): { row: number; weight: number }[] {
  const squares = Float64Array.from(
    placed,
    ({ position }) => (position.north - middle.north) ** 2 + (position.east - middle.east) ** 2,
  );
  const furthest = squares.toSorted()[NEIGHBOURS - 1] as number;
  const twiceBandwidth = 2 * BANDWIDTH_RATIO ** 2 * furthest;
  return placed.flatMap(({ row }, at) => {
    const square = squares[at] as number;
    return square > furthest ? [] : [{ row, weight: twiceBandwidth > 0 ? Math.exp(-square / twiceBandwidth) : 1 }];
  });
}

/**
 * The weighted quantile of conformal prediction: the thing to be valued is one more, of weight 1, at the far end of the tail, so
 * that a quantile beyond the middle lies further out than the plain one.
 */
export function weightedConformal(
  values: readonly { readonly value: number; readonly weight: number }[],
  shareRatio: number,
): number {
  const isHigh = shareRatio > 0.5;
  const sorted = values.toSorted((a, b) => (isHigh ? a.value - b.value : b.value - a.value));
  const needed = Math.max(shareRatio, 1 - shareRatio) * sorted.reduce((sum, { weight }) => sum + weight, 1);
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= needed) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
}
