import { LEAF, type Tree } from '../boosting/tree.ts';

/**
 * Trees as the operator TreeEnsemble wants them: all splits in one list and all leaves in another, `trueIds` and `falseIds`
 * being places in the list that `trueLeafs` and `falseLeafs` (1 for leaves) choose. A row goes to the true side if its value is
 * at most the split.
 */
export type FlatTrees = {
  readonly roots: Int32Array;
  readonly features: Int32Array;
  readonly splits: Float32Array;
  readonly trueIds: Int32Array;
  readonly falseIds: Int32Array;
  readonly trueLeafs: Int32Array;
  readonly falseLeafs: Int32Array;
  readonly missingTrue: Int32Array;
  /** share of the split's training rows that go to the true side, from which SHAP values are computed */
  readonly trueRatios: Float32Array;
  readonly leafWeights: Float32Array;
};

type Lists = { [name in keyof FlatTrees]: number[] };

/** At least one tree: where there is none, one that adds nothing. */
export function flattenTrees(trees: readonly Tree[]): FlatTrees {
  const lists: Lists = {
    roots: [],
    features: [],
    splits: [],
    trueIds: [],
    falseIds: [],
    trueLeafs: [],
    falseLeafs: [],
    missingTrue: [],
    trueRatios: [],
    leafWeights: [],
  };
  const add = (tree: Tree): void => {
    lists.roots.push(lists.features.length);
    if (tree.feature[0] === LEAF) addConstant(lists, tree.value[0] as number);
    else addSplit(lists, tree, 0);
  };
  if (trees.length === 0) {
    lists.roots.push(0);
    addConstant(lists, 0);
  }
  trees.forEach(add);
  return {
    roots: Int32Array.from(lists.roots),
    features: Int32Array.from(lists.features),
    splits: Float32Array.from(lists.splits),
    trueIds: Int32Array.from(lists.trueIds),
    falseIds: Int32Array.from(lists.falseIds),
    trueLeafs: Int32Array.from(lists.trueLeafs),
    falseLeafs: Int32Array.from(lists.falseLeafs),
    missingTrue: Int32Array.from(lists.missingTrue),
    trueRatios: Float32Array.from(lists.trueRatios),
    leafWeights: Float32Array.from(lists.leafWeights),
  };
}

/** A tree that is one leaf becomes a split with that leaf on both sides, because the operator has no other roots. */
function addConstant(lists: Lists, value: number): void {
  const leaf = addLeaf(lists, value);
  pushSplit(lists, { feature: 0, split: 0, missingTrue: 0, trueRatio: 0.5 });
  lists.trueIds.push(leaf);
  lists.falseIds.push(leaf);
  lists.trueLeafs.push(1);
  lists.falseLeafs.push(1);
}

function addSplit(lists: Lists, tree: Tree, node: number): number {
  const left = tree.left[node] as number;
  const right = tree.right[node] as number;
  const id = pushSplit(lists, {
    feature: tree.feature[node] as number,
    split: tree.threshold[node] as number,
    missingTrue: tree.missingLeft[node] as number,
    trueRatio: (tree.cover[left] as number) / (tree.cover[node] as number),
  });
  const add = (child: number, ids: number[], leafs: number[]): void => {
    const isLeaf = tree.feature[child] === LEAF;
    leafs[id] = isLeaf ? 1 : 0;
    ids[id] = isLeaf ? addLeaf(lists, tree.value[child] as number) : addSplit(lists, tree, child);
  };
  add(left, lists.trueIds, lists.trueLeafs);
  add(right, lists.falseIds, lists.falseLeafs);
  return id;
}

type FlatSplit = { feature: number; split: number; missingTrue: number; trueRatio: number };

function pushSplit(lists: Lists, { feature, split, missingTrue, trueRatio }: FlatSplit): number {
  lists.features.push(feature);
  lists.splits.push(split);
  lists.missingTrue.push(missingTrue);
  return lists.trueRatios.push(trueRatio) - 1;
}

const addLeaf = (lists: Lists, weight: number): number => lists.leafWeights.push(weight) - 1;

/** The trees again, from the lists; `cover` is the share of the tree's training rows. */
export const unflattenTrees = (flat: FlatTrees): Tree[] =>
  Array.from(flat.roots, (root) => treeOf(collectNodes(flat, root)));

type FlatNode = {
  feature: number;
  threshold: number;
  left: number;
  right: number;
  missingLeft: number;
  value: number;
  cover: number;
};

function collectNodes(flat: FlatTrees, root: number): FlatNode[] {
  const nodes: FlatNode[] = [];
  const visit = (id: number, isLeaf: boolean, cover: number): number => {
    const node: FlatNode = { feature: LEAF, threshold: 0, left: 0, right: 0, missingLeft: 0, value: 0, cover };
    const place = nodes.push(node) - 1;
    if (isLeaf) {
      node.value = flat.leafWeights[id] as number;
      return place;
    }
    const trueRatio = flat.trueRatios[id] as number;
    node.feature = flat.features[id] as number;
    node.threshold = flat.splits[id] as number;
    node.missingLeft = flat.missingTrue[id] as number;
    node.left = visit(flat.trueIds[id] as number, flat.trueLeafs[id] === 1, cover * trueRatio);
    node.right = visit(flat.falseIds[id] as number, flat.falseLeafs[id] === 1, cover * (1 - trueRatio));
    return place;
  };
  visit(root, false, 1);
  return nodes;
}

function treeOf(nodes: readonly FlatNode[]): Tree {
  return {
    feature: Int16Array.from(nodes, ({ feature }) => feature),
    threshold: Float32Array.from(nodes, ({ threshold }) => threshold),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => missingLeft),
    value: Float32Array.from(nodes, ({ value }) => value),
    cover: Float32Array.from(nodes, ({ cover }) => cover),
  };
}
