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
  let best: { at: number; separation: number } | undefined;
  for (let at = Math.ceil(least); at <= sorted.length - least; at += 1) {
    const separation = separationAt(sorted, at);
    if (separation > (best?.separation ?? 0)) best = { at, separation };
  }
  const needed = Math.max(rules.separation.least, rules.separation.scale / (sorted.length - 2));
  if (!best || best.separation < needed) return [sorted];
  return [sorted.slice(0, best.at), sorted.slice(best.at)].flatMap((part) => split(part, least, rules));
}

/** The gap before a point, in standard deviations within the two groups that it separates; infinite when they have none. */
function separationAt(sorted: readonly Weighted[], at: number): number {
  const gap = (sorted[at]?.price ?? 0) - (sorted[at - 1]?.price ?? 0);
  if (gap === 0) return 0;
  const squares = squaresOf(sorted.slice(0, at)) + squaresOf(sorted.slice(at));
  return gap / Math.sqrt(squares / sorted.length);
}

/** The sum of squared distances from the mean. Each sale counts once: structure is not a matter of how it was sold. */
function squaresOf(points: readonly Weighted[]): number {
  const mean = points.reduce((sum, { price }) => sum + price, 0) / points.length;
  return points.reduce((sum, { price }) => sum + (price - mean) ** 2, 0);
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
