import type { BinnedColumn } from './bins.ts';
import { findSplit, type NodeSums, newtonStep, type Split, type SplitRules } from './find-split.ts';
import { fillHistogram, HISTOGRAM_STRIDE, type Histogram, type RowSums, subtractHistogram } from './histogram.ts';
import { limitsOf, splitRegion, type ValuedRegion, wholeRegion } from './region.ts';
import { LEAF, type Tree } from './tree.ts';

export type Growth = SplitRules & { readonly maxLeaves: number };

type Node = ValuedRegion & {
  readonly id: number;
  readonly rows: Int32Array;
  readonly sums: NodeSums;
  readonly histogram: Histogram;
  readonly split: Split | undefined;
};

/** A leaf under construction: its node, the rows of the sample that reach it, and its Newton step. */
export type GrownLeaf = { readonly id: number; readonly rows: Int32Array; readonly value: number };

/** A tree whose leaves have no values yet. */
export type GrownTree = { readonly tree: Tree; readonly leaves: readonly GrownLeaf[] };

/** Histograms, used again by the next tree. */
export type HistogramPool = Histogram[];

/** What a tree is grown from: the sample of rows that it sees, and the features that it may split by. */
export type TreeSample = RowSums & {
  readonly columns: readonly BinnedColumn[];
  readonly rows: Int32Array;
  readonly features: Int32Array;
};

/** Grows a tree leaf by leaf: the leaf whose split gains most is split next, until there are maxLeaves or none gains. */
export function growTree(sample: TreeSample, growth: Growth, pool: HistogramPool): GrownTree {
  const { columns, rows, features } = sample;
  const tree = emptyTree(2 * growth.maxLeaves - 1);
  const histogram = takeHistogram(pool, columns.length);
  fillHistogram(histogram, columns, features, rows, sample);
  const sums = sumsOf(rows, sample);
  const region = wholeRegion(columns.length);
  const leaves = [
    evaluate({ id: 0, rows, sums, histogram, region, value: newtonStep(sums, growth.l2) }, sample, growth),
  ];
  tree.cover[0] = rows.length;
  let nodes = 1;
  while (leaves.length < growth.maxLeaves) {
    const at = mostGainful(leaves, sample, growth);
    const parent = leaves[at];
    if (!parent?.split) break;
    markSplit(tree, parent.id, parent.split, columns, nodes);
    const [left, right] = childrenOf(parent, parent.split, nodes, sample, pool);
    for (const child of [left, right]) tree.cover[child.id] = child.rows.length;
    leaves[at] = left;
    leaves.push(right);
    // After both have their values, which limit each other's splits.
    leaves[at] = evaluate(limited(left, leaves, growth), sample, growth);
    leaves[leaves.length - 1] = evaluate(limited(right, leaves, growth), sample, growth);
    nodes += 2;
  }
  pool.push(...leaves.map((leaf) => leaf.histogram));
  return { tree: shorten(tree, nodes), leaves };
}

const takeHistogram = (pool: HistogramPool, features: number): Histogram =>
  pool.pop() ?? new Float64Array(features * HISTOGRAM_STRIDE);

const evaluate = (node: Omit<Node, 'split'>, { columns, features }: TreeSample, growth: Growth): Node => ({
  ...node,
  split: findSplit(node.histogram, columns, features, node.sums, growth),
});

/** The node with the limits of the present leaves. */
const limited = (node: Node, leaves: readonly Node[], { monotone }: Growth): Node =>
  monotone.length === 0 ? node : { ...node, sums: { ...node.sums, ...limitsOf(node, leaves, monotone) } };

/** The children of a split, not evaluated yet. */
function childrenOf(
  parent: Node,
  split: Split,
  firstId: number,
  sample: TreeSample,
  pool: HistogramPool,
): [Node, Node] {
  const { columns, features } = sample;
  const [leftRows, rightRows] = partition(parent.rows, columns, split);
  const [leftRegion, rightRegion] = splitRegion(parent.region, split);
  const smaller = takeHistogram(pool, columns.length);
  const leftIsSmaller = leftRows.length <= rightRows.length;
  fillHistogram(smaller, columns, features, leftIsSmaller ? leftRows : rightRows, sample);
  subtractHistogram(parent.histogram, smaller);
  const [left, right] = leftIsSmaller ? [smaller, parent.histogram] : [parent.histogram, smaller];
  return [
    {
      id: firstId,
      rows: leftRows,
      sums: split.left,
      histogram: left,
      region: leftRegion,
      value: split.leftValue,
      split: undefined,
    },
    {
      id: firstId + 1,
      rows: rightRows,
      sums: split.right,
      histogram: right,
      region: rightRegion,
      value: split.rightValue,
      split: undefined,
    },
  ];
}

/**
 * The place of the leaf whose split gains most. Where splits elsewhere have narrowed a leaf's limits since its own was found, it
 * is found anew first.
 */
function mostGainful(leaves: Node[], sample: TreeSample, growth: Growth): number {
  for (;;) {
    let best = 0;
    leaves.forEach((leaf, at) => {
      if ((leaf.split?.gain ?? 0) > (leaves[best]?.split?.gain ?? 0)) best = at;
    });
    const leaf = leaves[best] as Node;
    const now = limited(leaf, leaves, growth);
    if (now.sums.lowest === leaf.sums.lowest && now.sums.highest === leaf.sums.highest) return best;
    leaves[best] = evaluate(now, sample, growth);
  }
}

function sumsOf(rows: Int32Array, { gradients, weights }: RowSums): NodeSums {
  let gradient = 0;
  let weight = 0;
  for (const row of rows) {
    gradient += gradients[row] as number;
    weight += weights[row] as number;
  }
  return { gradient, rows: weight, lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
}

function partition(rows: Int32Array, columns: readonly BinnedColumn[], split: Split): [Int32Array, Int32Array] {
  const bins = (columns[split.feature] as BinnedColumn).bins;
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let inLeft = 0;
  let inRight = 0;
  for (const row of rows) {
    const bin = bins[row] as number;
    const goesLeft = bin === 0 ? split.missingLeft : bin <= split.bin;
    if (goesLeft) left[inLeft++] = row;
    else right[inRight++] = row;
  }
  return [left.subarray(0, inLeft), right.subarray(0, inRight)];
}

function markSplit(tree: Tree, id: number, split: Split, columns: readonly BinnedColumn[], firstChild: number): void {
  tree.feature[id] = split.feature;
  tree.threshold[id] = (columns[split.feature] as BinnedColumn).edges[split.bin - 1] as number;
  tree.missingLeft[id] = split.missingLeft ? 1 : 0;
  tree.left[id] = firstChild;
  tree.right[id] = firstChild + 1;
}

function emptyTree(nodes: number): Tree {
  return {
    feature: new Int16Array(nodes).fill(LEAF),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    value: new Float32Array(nodes),
    cover: new Float32Array(nodes),
  };
}

/** The tree with its used nodes only. */
function shorten(tree: Tree, nodes: number): Tree {
  return {
    feature: tree.feature.slice(0, nodes),
    threshold: tree.threshold.slice(0, nodes),
    left: tree.left.slice(0, nodes),
    right: tree.right.slice(0, nodes),
    missingLeft: tree.missingLeft.slice(0, nodes),
    value: tree.value.slice(0, nodes),
    cover: tree.cover.slice(0, nodes),
  };
}
