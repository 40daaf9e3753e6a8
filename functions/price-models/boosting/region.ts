import type { Monotone, Split } from './find-split.ts';

/** The part of the feature space that reaches a node: by feature the first and last bin, and whether missing values do. */
export type Region = { readonly first: Uint8Array; readonly last: Uint8Array; readonly missing: Uint8Array };

export function wholeRegion(features: number): Region {
  return {
    first: new Uint8Array(features).fill(1),
    last: new Uint8Array(features).fill(255),
    missing: new Uint8Array(features).fill(1),
  };
}

/** The regions left and right of a split. */
export function splitRegion({ first, last, missing }: Region, { feature, bin, missingLeft }: Split): [Region, Region] {
  const left = { first, last: last.with(feature, bin), missing: missing.slice() };
  const right = { first: first.with(feature, bin + 1), last, missing: missing.slice() };
  (missingLeft ? right : left).missing[feature] = 0;
  return [left, right];
}

export type ValuedRegion = { readonly region: Region; readonly value: number };

/**
 * The limits that other leaves set to the value of one: two leaves are compared where some row could pass from one to the other
 * by a change of one monotone feature alone. Leaves that no such change connects are free.
 */
export function limitsOf(
  leaf: ValuedRegion,
  others: readonly ValuedRegion[],
  monotone: readonly Monotone[],
): { readonly lowest: number; readonly highest: number } {
  let lowest = Number.NEGATIVE_INFINITY;
  let highest = Number.POSITIVE_INFINITY;
  for (const other of others) {
    if (other === leaf) continue;
    const feature = onlySeparation(leaf.region, other.region);
    const direction = feature === undefined ? 0 : (monotone[feature] ?? 0);
    if (feature === undefined || direction === 0) continue;
    const otherIsAbove = (other.region.first[feature] as number) > (leaf.region.first[feature] as number);
    if (otherIsAbove === direction > 0) highest = Math.min(highest, other.value);
    else lowest = Math.max(lowest, other.value);
  }
  return { lowest, highest };
}

/** The feature of which two regions share no known value, if there is just one such feature. */
function onlySeparation(a: Region, b: Region): number | undefined {
  let separated: number | undefined;
  for (let feature = 0; feature < a.first.length; feature += 1) {
    const overlap =
      (a.first[feature] as number) <= (b.last[feature] as number) &&
      (b.first[feature] as number) <= (a.last[feature] as number);
    if (overlap) continue;
    if (a.missing[feature] === 1 && b.missing[feature] === 1) continue;
    if (separated !== undefined) return undefined;
    separated = feature;
  }
  return separated;
}
