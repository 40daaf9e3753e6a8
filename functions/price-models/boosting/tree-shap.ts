import { LEAF, type Tree } from './tree.ts';

/**
 * Adds the SHAP values of one row: how much each feature moves the sum of the trees away from its mean over the training rows.
 *
 * Exact, for the path-dependent value of a set of features: where a feature is not in the set, both children count, by their
 * training rows (Lundberg et al., arXiv 1802.03888, algorithm 2). O(leaves x depth^2).
 *
 * @param values the matrix that holds the row, from `offset` on
 * @param contributions by feature, to which the values are added
 * @returns the mean of the sum, so that mean + the values added = the sum of the leaves that the row reaches
 */
export function addShap(
  contributions: Float64Array,
  trees: readonly Tree[],
  values: Float32Array,
  offset: number,
): number {
  const paths = emptyPaths(Math.max(0, ...trees.map((tree) => depthOf(tree, 0))) + 2);
  let mean = 0;
  for (const tree of trees) {
    const row = values.subarray(offset);
    extendPath(paths, 0, 0, NO_FEATURE, 1, 1);
    mean += visit({ tree, row, paths, contributions }, 0, 0, 1, 1);
  }
  return mean;
}

/** The first step of every path, which is no feature. */
const NO_FEATURE = -1;

/**
 * The features on the way to a node, as steps in parallel arrays. `zero` is the share of the rows that go on along the path
 * when the feature is not in the set; `one` is 1 if the row at hand goes on by the feature; `weight` is the sum over the sets of
 * as many features as steps lie before, each weighed as Shapley does. Each depth has a path of its own, from depth x `stride` on.
 */
type Paths = {
  readonly stride: number;
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
};

function emptyPaths(stride: number): Paths {
  const size = stride * stride;
  return {
    stride,
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
}

function depthOf(tree: Tree, node: number): number {
  if (tree.feature[node] === LEAF) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node] as number), depthOf(tree, tree.right[node] as number));
}

type Walk = {
  readonly tree: Tree;
  readonly row: Float32Array;
  readonly paths: Paths;
  readonly contributions: Float64Array;
};

/** Visits a node whose path lies at `depth` and has `steps` steps. Returns the node's part of the mean. */
function visit(walk: Walk, node: number, depth: number, steps: number, cover: number): number {
  const { tree, row, paths } = walk;
  const feature = tree.feature[node] as number;
  if (feature === LEAF) {
    const value = tree.value[node] as number;
    addLeaf(walk, depth * paths.stride, steps, value);
    return cover * value;
  }
  const left = tree.left[node] as number;
  const right = tree.right[node] as number;
  const value = row[feature] as number;
  const goesLeft = value <= (tree.threshold[node] as number) || (tree.missingLeft[node] === 1 && Number.isNaN(value));
  let mean = 0;
  for (const child of [left, right]) {
    const ratio = (tree.cover[child] as number) / (tree.cover[node] as number);
    const on = child === (goesLeft ? left : right) ? 1 : 0;
    const childSteps = descend(paths, depth, steps, feature, ratio, on);
    mean += visit(walk, child, depth + 1, childSteps, cover * ratio);
  }
  return mean;
}

/** Writes the path of a child at the next depth, and returns the number of its steps. */
function descend(paths: Paths, depth: number, steps: number, feature: number, ratio: number, on: number): number {
  const from = depth * paths.stride;
  const to = from + paths.stride;
  for (const array of [paths.feature, paths.zero, paths.one, paths.weight]) array.copyWithin(to, from, from + steps);
  for (let at = 1; at < steps; at += 1) {
    if (paths.feature[to + at] !== feature) continue;
    const zero = paths.zero[to + at] as number;
    const one = paths.one[to + at] as number;
    removeStep(paths, to, steps, at);
    extendPath(paths, to, steps - 1, feature, zero * ratio, one * on);
    return steps;
  }
  extendPath(paths, to, steps, feature, ratio, on);
  return steps + 1;
}

/** Adds a step to a path of `steps` steps. */
function extendPath(
  { feature, zero, one, weight }: Paths,
  start: number,
  steps: number,
  split: number,
  share: number,
  on: number,
): void {
  feature[start + steps] = split;
  zero[start + steps] = share;
  one[start + steps] = on;
  weight[start + steps] = steps === 0 ? 1 : 0;
  for (let at = steps - 1; at >= 0; at -= 1) {
    const before = weight[start + at] as number;
    weight[start + at + 1] = (weight[start + at + 1] as number) + (on * before * (at + 1)) / (steps + 1);
    weight[start + at] = (share * before * (steps - at)) / (steps + 1);
  }
}

/** Takes a step out of a path: what `extendPath` did is undone. */
function removeStep({ feature, zero, one, weight }: Paths, start: number, steps: number, removed: number): void {
  const last = steps - 1;
  const share = zero[start + removed] as number;
  const on = one[start + removed] as number;
  let next = weight[start + last] as number;
  for (let at = last - 1; at >= 0; at -= 1) {
    const before = weight[start + at] as number;
    if (on === 0) weight[start + at] = (before * steps) / (share * (last - at));
    else {
      const undone = (next * steps) / ((at + 1) * on);
      weight[start + at] = undone;
      next = before - (undone * share * (last - at)) / steps;
    }
  }
  feature.copyWithin(start + removed, start + removed + 1, start + steps);
  zero.copyWithin(start + removed, start + removed + 1, start + steps);
  one.copyWithin(start + removed, start + removed + 1, start + steps);
}

/** What a leaf adds to the contributions of the features on its path. */
function addLeaf({ paths, contributions }: Walk, start: number, steps: number, value: number): void {
  for (let at = 1; at < steps; at += 1) {
    const feature = paths.feature[start + at] as number;
    const difference = (paths.one[start + at] as number) - (paths.zero[start + at] as number);
    contributions[feature] =
      (contributions[feature] as number) + weightWithout(paths, start, steps, at) * difference * value;
  }
}

/** The sum of the weights of the path without one of its steps. */
function weightWithout({ zero, one, weight }: Paths, start: number, steps: number, left: number): number {
  const last = steps - 1;
  const share = zero[start + left] as number;
  const on = one[start + left] as number;
  let next = weight[start + last] as number;
  let sum = 0;
  for (let at = last - 1; at >= 0; at -= 1) {
    const before = weight[start + at] as number;
    if (on === 0) sum += (before * steps) / (share * (last - at));
    else {
      const undone = (next * steps) / ((at + 1) * on);
      sum += undone;
      next = before - (undone * share * (last - at)) / steps;
    }
  }
  return sum;
}
