import type { FeatureMatrix } from './feature-matrix.ts';

/**
 * A regression tree as parallel arrays by node; node 0 is the root. A row goes left if its value is at most the threshold, or
 * is missing and `missingLeft` is 1.
 */
export type Tree = {
  /** feature of the node's split; LEAF at a leaf */
  readonly feature: Int16Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** what a leaf adds to the prediction; 0 at a split */
  readonly value: Float32Array;
  /** training rows that reached the node, each counted once whatever its weight */
  readonly cover: Float32Array;
};

/** Stands for the feature of a node that is a leaf. */
export const LEAF = -1;

/** Trees, whose values are added to a start. */
export type Ensemble = { readonly start: number; readonly trees: readonly Tree[] };

/** The leaf that a row reaches. */
export function leafOf(tree: Tree, values: Float32Array, offset: number): number {
  const { feature, threshold, left, right, missingLeft } = tree;
  let node = 0;
  for (let split = feature[0] as number; split !== LEAF; split = feature[node] as number) {
    const value = values[offset + split] as number;
    const goesLeft = value <= (threshold[node] as number) || (missingLeft[node] === 1 && Number.isNaN(value));
    node = (goesLeft ? left[node] : right[node]) as number;
  }
  return node;
}

/** The predictions of an ensemble, by row. */
export function predictEnsemble({ start, trees }: Ensemble, matrix: FeatureMatrix): Float64Array {
  const predictions = new Float64Array(matrix.rows).fill(start);
  for (const tree of trees) addTree(predictions, tree, matrix);
  return predictions;
}

/** Adds what one tree says to the predictions. */
export function addTree(predictions: Float64Array, tree: Tree, { values, rows, features }: FeatureMatrix): void {
  for (let row = 0; row < rows; row += 1) {
    predictions[row] = (predictions[row] as number) + (tree.value[leafOf(tree, values, row * features)] as number);
  }
}
