import type { ValueRules } from './value-policy.ts';
import { byPrice, isWithin, quantileOf, totalWeight, type Weighted } from './weighted.ts';

/** Sales by what their prices say of each other, each list in the order of prices. */
export type PriceGroups<Point extends Weighted> = {
  /** those that the value rests on: the heaviest group */
  readonly primary: readonly Point[];
  /** other groups: the same words, another thing, which sells at another price */
  readonly variants: readonly (readonly Point[])[];
  /** single prices beyond the fences of the primary group */
  readonly outliers: readonly { readonly point: Point; readonly from: number; readonly to: number }[];
};

/**
 * Divides sales into the group that the value rests on, other variants, and outliers: by prices alone, never by words.
 *
 * A far price that no other supports is an outlier; two or more that agree with each other are a variant. Scale- and
 * shift-equivariant: gaps are compared with the spread within groups. Of even prices it makes one group.
 */
export function groupPrices<Point extends Weighted>(points: readonly Point[], rules: ValueRules): PriceGroups<Point> {
  const sorted = byPrice(points) as Point[];
  if (sorted.length < rules.leastSalesForGroups) return { primary: sorted, variants: [], outliers: [] };
  const groups = split(sorted, Math.max(2, rules.leastVariantShare * sorted.length), rules);
  // The cheaper of two equally heavy ones: the value is then not overstated.
  const [heaviest = sorted] = groups.toSorted((one, other) => totalWeight(other) - totalWeight(one));
  const { kept, outliers } = withinFences(heaviest, rules);
  return { primary: kept, variants: groups.filter((group) => group !== heaviest), outliers };
}

/** Splits at the clearest gap, and the parts again. */
function split<Point extends Weighted>(
  sorted: readonly Point[],
  least: number,
  rules: ValueRules,
): (readonly Point[])[] {
  const separations = separationsOf(sorted);
  let best: { at: number; separation: number } | undefined;
  for (let at = Math.ceil(least); at <= sorted.length - least; at += 1) {
    const separation = separations[at] ?? 0;
    if (separation > (best?.separation ?? 0)) best = { at, separation };
  }
  const needed = Math.max(rules.separation.least, rules.separation.scale / (sorted.length - 2));
  if (!best || best.separation < needed) return [sorted];
  return [sorted.slice(0, best.at), sorted.slice(best.at)].flatMap((part) => split(part, least, rules));
}

/**
 * By the number of points below it: the gap before a point, in standard deviations within the two groups that it separates;
 * infinite when they have none. In one pass over each side, since there can be thousands of points.
 */
function separationsOf(sorted: readonly Weighted[]): number[] {
  const below = runningSquares(sorted);
  const above = runningSquares(sorted.toReversed());
  return sorted.map(({ price }, at) => {
    const gap = price - (sorted[at - 1]?.price ?? price);
    if (gap === 0) return 0;
    const squares = (below[at] ?? 0) + (above[sorted.length - at] ?? 0);
    return gap / Math.sqrt(squares / sorted.length);
  });
}

/**
 * By the number of points: the sum of squared distances of the first ones from their mean (Welford's method, which keeps its digits
 * where a sum of squares loses them). Each sale counts once: structure is not a matter of how it was sold.
 */
function runningSquares(points: readonly Weighted[]): number[] {
  const all = [0];
  let [mean, squares] = [0, 0];
  for (const [index, { price }] of points.entries()) {
    const delta = price - mean;
    mean += delta / (index + 1);
    squares += delta * (price - mean);
    all.push(squares);
  }
  return all;
}

function withinFences<Point extends Weighted>(points: readonly Point[], rules: ValueRules) {
  if (points.length < rules.leastSalesForGroups) return { kept: points, outliers: [] };
  // Each sale counts once here, too; half of them are always within.
  const single = points.map(({ price }) => ({ price, weight: 1 }));
  const [lower, upper] = [quantileOf(single, 0.25), quantileOf(single, 0.75)];
  const { thinBelow, thin, usual } = rules.fences;
  const reach = (points.length < thinBelow ? thin : usual) * (upper - lower);
  const [from, to] = [lower - reach, upper + reach];
  const isInside = ({ price }: Point) => isWithin(price, from, to);
  return {
    kept: points.filter(isInside),
    outliers: points.filter((point) => !isInside(point)).map((point) => ({ point, from, to })),
  };
}
