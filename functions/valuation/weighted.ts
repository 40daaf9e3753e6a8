/** A price with its weight. Prices are cents. */
export type Weighted = { readonly price: number; readonly weight: number };

export const totalWeight = (points: readonly Weighted[]): number => points.reduce((sum, { weight }) => sum + weight, 0);

export const byPrice = (points: readonly Weighted[]): Weighted[] =>
  points.toSorted((one, other) => one.price - other.price || one.weight - other.weight);

/** The number of equally weighted points that would tell as much (Kish): (sum w)² / sum w². */
function effectiveCount(points: readonly Weighted[]): number {
  const squares = points.reduce((sum, { weight }) => sum + weight * weight, 0);
  return totalWeight(points) ** 2 / squares;
}

/**
 * The quantile of weighted prices; for equal weights the usual one (type 7 of Hyndman and Fan, as in spreadsheets).
 *
 * The mean of the weighted step quantile over a window of 1/n around the type 7 position, n being the effective count
 * (Akinshin 2023, "Weighted quantile estimators"): a point of no weight changes nothing, and equal prices are one.
 *
 * @param points at least one, of positive weight
 * @param probability 0 … 1
 */
export function quantileOf(points: readonly Weighted[], probability: number): number {
  const sorted = byPrice(points);
  const [first] = sorted;
  if (first === undefined) throw new Error('Expected at least one price');
  const count = Math.max(1, effectiveCount(sorted));
  const from = (probability * (count - 1)) / count;
  const to = from + 1 / count;
  const total = totalWeight(sorted);
  let below = 0;
  let sum = 0;
  for (const { price, weight } of sorted) {
    const above = below + weight / total;
    sum += (price - first.price) * Math.max(0, Math.min(above, to) - Math.max(below, from));
    below = above;
  }
  return first.price + sum * count;
}

export const meanOf = (points: readonly Weighted[]): number =>
  points.reduce((sum, { price, weight }) => sum + price * weight, 0) / totalWeight(points);

/** Mean squared distance from a price. */
export const squaredSpreadFrom = (centre: number, points: readonly Weighted[]): number =>
  points.reduce((sum, { price, weight }) => sum + weight * (price - centre) ** 2, 0) / totalWeight(points);

/** Whether a price is between two that were computed from prices, with a hair's breadth for their rounding. */
export function isWithin(price: number, from: number, to: number): boolean {
  const hair = 1e-9 * Math.max(Math.abs(from), Math.abs(to));
  return price >= from - hair && price <= to + hair;
}
