import type { FeatureMatrix } from './feature-matrix.ts';

/** Bins of one feature, at most: the known values, and bin 0 for missing ones, fit in a byte. */
export const MAX_BINS = 255;

export type BinnedColumn = {
  /** by row; 0 is missing, bin b holds values <= edges[b - 1] and > edges[b - 2] */
  readonly bins: Uint8Array;
  /** ascending; the last one is infinite */
  readonly edges: Float32Array;
};

/** Sorts each feature's values into bins with about equally many rows; values that are equal share a bin. */
export function binColumns({ values, rows, features }: FeatureMatrix): BinnedColumn[] {
  return Array.from({ length: features }, (_, feature) => {
    const column = new Float32Array(rows);
    for (let row = 0; row < rows; row += 1) column[row] = values[row * features + feature] as number;
    const edges = binEdges(column);
    return { bins: binsOf(column, edges), edges };
  });
}

function binEdges(column: Float32Array): Float32Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  let start = 0;
  // A bin ends at the first change of value after its share of the rows that remain.
  while (start < sorted.length && edges.length < MAX_BINS - 2) {
    const share = Math.max(1, Math.floor((sorted.length - start) / (MAX_BINS - 2 - edges.length)));
    let end = start + share;
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end += 1;
    if (end >= sorted.length) break;
    edges.push(between(sorted[end - 1] as number, sorted[end] as number));
    start = end;
  }
  edges.push(Number.POSITIVE_INFINITY);
  return Float32Array.from(edges);
}

/** The middle of two neighbouring values in single precision: at least the lower one, less than the upper one. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

function binsOf(column: Float32Array, edges: Float32Array): Uint8Array {
  return Uint8Array.from(column, (value) => (Number.isNaN(value) ? 0 : firstAtLeast(edges, value) + 1));
}

function firstAtLeast(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
