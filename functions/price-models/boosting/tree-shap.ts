import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';
import { LEAF, type Tree } from './tree.ts';

/** A tree with what its SHAP values need to be computed fast. */
export type ShapTree = {
  readonly tree: Tree;
  /** exact for the number of different features on the tree's paths */
  readonly quadrature: Quadrature;
  /** splits on the longest path */
  readonly depth: number;
};

export function prepareShap(trees: readonly Tree[]): ShapTree[] {
  const quadratures = new Map<number, Quadrature>();
  return trees.map((tree) => {
    const { depth, features } = longestPath(tree, 0, []);
    // The polynomial of a path is of a degree below the number of its features.
    const count = Math.max(1, Math.ceil(features / 2));
    const quadrature = quadratures.get(count) ?? gaussLegendre(count);
    quadratures.set(count, quadrature);
    return { tree, quadrature, depth };
  });
}

/** The most splits, and the most different features, on the paths from a node on, those above it included. */
function longestPath(tree: Tree, node: number, above: readonly number[]): { depth: number; features: number } {
  const feature = tree.feature[node] as number;
  if (feature === LEAF) return { depth: above.length, features: new Set(above).size };
  const path = [...above, feature];
  const left = longestPath(tree, tree.left[node] as number, path);
  const right = longestPath(tree, tree.right[node] as number, path);
  return { depth: Math.max(left.depth, right.depth), features: Math.max(left.features, right.features) };
}

/**
 * Adds the SHAP values of one row: how much each feature moves the sum of the trees away from its mean over the training rows.
 *
 * Exact, for the path-dependent value of a set of features: where a feature is not in the set, both children count, by their
 * training rows (Lundberg et al., arXiv 1802.03888). To a leaf's value v the set contributes v x the product over the features of
 * the path: `on` (1 if the row goes on by the feature, else 0) of those in the set, `off` (the share of the training rows
 * that go on) of the others. Its Shapley value is, by Owen's multilinear extension, the integral over t from 0 to 1 of
 * v x (on - off) x the product over the other features of t x on + (1 - t) x off: a polynomial, which a quadrature
 * integrates without error. So all leaves below a node share one vector, and a row costs O(leaves x features of a path).
 *
 * @param row the features of the row
 * @param contributions by feature, to which the values are added
 * @returns the mean of the sum, so that mean + the values added = the sum of the leaves that the row reaches
 */
export function addShap(contributions: Float64Array, trees: readonly ShapTree[], row: Float32Array): number {
  const size = Math.max(0, ...trees.map(({ depth, quadrature }) => (depth + 1) * quadrature.points.length));
  const products = new Float64Array(size);
  const sums = new Float64Array(size);
  const on = new Float64Array(row.length).fill(1);
  const off = new Float64Array(row.length).fill(1);
  let mean = 0;
  for (const { tree, quadrature } of trees) {
    products.fill(1, 0, quadrature.points.length);
    mean += visit({ tree, quadrature, row, products, sums, on, off, contributions }, 0, 0, 1);
  }
  return mean;
}

/** A depth has its own numbers in `products` and `sums`, one per point of the quadrature. */
type Walk = {
  readonly tree: Tree;
  readonly quadrature: Quadrature;
  readonly row: Float32Array;
  /** the product over the features of the path to the node at the depth */
  readonly products: Float64Array;
  /** the sum of value x product over the leaves below the node at the depth */
  readonly sums: Float64Array;
  /** of the path to the node at hand, by feature */
  readonly on: Float64Array;
  readonly off: Float64Array;
  readonly contributions: Float64Array;
};

/** Visits a node, writes its `sums`, and returns its part of the mean. `cover`: share of the training rows that reach it. */
function visit(walk: Walk, node: number, depth: number, cover: number): number {
  const { tree, quadrature, row, products, sums, on, off, contributions } = walk;
  const { points, weights } = quadrature;
  const count = points.length;
  const here = depth * count;
  const feature = tree.feature[node] as number;
  if (feature === LEAF) {
    const value = tree.value[node] as number;
    for (let at = 0; at < count; at += 1) sums[here + at] = value * (products[here + at] as number);
    return cover * value;
  }
  const below = here + count;
  const value = row[feature] as number;
  const goesLeft = value <= (tree.threshold[node] as number) || (tree.missingLeft[node] === 1 && Number.isNaN(value));
  const onBefore = on[feature] as number;
  const offBefore = off[feature] as number;
  let mean = 0;
  sums.fill(0, here, below);
  for (const isLeft of [true, false]) {
    const child = (isLeft ? tree.left[node] : tree.right[node]) as number;
    const ratio = (tree.cover[child] as number) / (tree.cover[node] as number);
    const onNow = isLeft === goesLeft ? onBefore : 0;
    const offNow = offBefore * ratio;
    for (let at = 0; at < count; at += 1) {
      const t = points[at] as number;
      const change = (t * onNow + (1 - t) * offNow) / (t * onBefore + (1 - t) * offBefore);
      products[below + at] = (products[here + at] as number) * change;
    }
    on[feature] = onNow;
    off[feature] = offNow;
    mean += visit(walk, child, depth + 1, cover * ratio);
    let gained = 0;
    let gainedBefore = 0;
    for (let at = 0; at < count; at += 1) {
      const t = points[at] as number;
      const sum = sums[below + at] as number;
      sums[here + at] = (sums[here + at] as number) + sum;
      gained += ((weights[at] as number) * sum) / (t * onNow + (1 - t) * offNow);
      gainedBefore += ((weights[at] as number) * sum) / (t * onBefore + (1 - t) * offBefore);
    }
    // What the feature's split further up adds for these leaves, because it does not know of this one, is taken back.
    contributions[feature] =
      (contributions[feature] as number) + (onNow - offNow) * gained - (onBefore - offBefore) * gainedBefore;
  }
  on[feature] = onBefore;
  off[feature] = offBefore;
  return mean;
}
