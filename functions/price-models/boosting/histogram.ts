import type { BinnedColumn } from './bins.ts';

/** Sums by bin of one feature: gradients at even places, weights at odd ones; bin 0 is first. */
export const HISTOGRAM_STRIDE = 512;

/** Sums by feature and bin over the rows of a node. */
export type Histogram = Float64Array;

/** What is added up of each row of the training data. Gradients are already times the weight. */
export type RowSums = { readonly gradients: Float64Array; readonly weights: Float64Array };

/** Adds up gradients and weights of a node's rows, for the features that the tree may split by. */
export function fillHistogram(
  histogram: Histogram,
  columns: readonly BinnedColumn[],
  features: Int32Array,
  rows: Int32Array,
  { gradients, weights }: RowSums,
): void {
  histogram.fill(0);
  // In the order of the rows, so that the loop over each feature reads them without jumps.
  const gradientsInOrder = new Float64Array(rows.length);
  const weightsInOrder = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    gradientsInOrder[at] = gradients[rows[at] as number] as number;
    weightsInOrder[at] = weights[rows[at] as number] as number;
  }
  for (const feature of features) {
    const bins = (columns[feature] as BinnedColumn).bins;
    const offset = feature * HISTOGRAM_STRIDE;
    for (let at = 0; at < rows.length; at += 1) {
      const place = offset + 2 * (bins[rows[at] as number] as number);
      histogram[place] = (histogram[place] as number) + (gradientsInOrder[at] as number);
      histogram[place + 1] = (histogram[place + 1] as number) + (weightsInOrder[at] as number);
    }
  }
}

/** Turns the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let at = 0; at < parent.length; at += 1) parent[at] = (parent[at] as number) - (child[at] as number);
}
