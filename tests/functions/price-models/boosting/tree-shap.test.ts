import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../../functions/price-models/boosting/feature-matrix.ts';
import { SQUARED } from '../../../../functions/price-models/boosting/objectives.ts';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import { trainEnsemble } from '../../../../functions/price-models/boosting/train-ensemble.ts';
import { LEAF, leafOf, type Tree } from '../../../../functions/price-models/boosting/tree.ts';
import { addShap, prepareShap } from '../../../../functions/price-models/boosting/tree-shap.ts';

const FEATURES = 4;

function randomTree(seed: number): { readonly tree: Tree; readonly rows: Float32Array } {
  const random = seededRandom(seed);
  const matrix = matrixOf(
    Array.from({ length: 120 }, () =>
      Array.from({ length: FEATURES }, () => (random() < 0.1 ? Number.NaN : Math.round(6 * random()))),
    ),
  );
  const targets = Float64Array.from(
    { length: 120 },
    (_, row) => (matrix.values[row * FEATURES] || 0) * (1 + random()) + random(),
  );
  const { trees } = trainEnsemble(
    { matrix, targets },
    {
      objective: SQUARED,
      maxTrees: 1,
      learningRate: 1,
      maxLeaves: 9,
      minLeafRows: 2,
      l2: 0,
      rowShareRatio: 1,
      featureShareRatio: 1,
      monotone: [],
      patience: 1,
      seed,
    },
  );
  return { tree: trees[0] as Tree, rows: matrix.values };
}

/** The tree's value where only the features of a set are known: the mean over the children elsewhere. */
function worthOf(tree: Tree, row: Float32Array, known: ReadonlySet<number>, node = 0): number {
  const feature = tree.feature[node] as number;
  if (feature === LEAF) return tree.value[node] as number;
  const [left, right] = [tree.left[node] as number, tree.right[node] as number];
  if (known.has(feature)) {
    const value = row[feature] as number;
    const goesLeft = value <= (tree.threshold[node] as number) || (Number.isNaN(value) && tree.missingLeft[node] === 1);
    return worthOf(tree, row, known, goesLeft ? left : right);
  }
  const ratio = (tree.cover[left] as number) / (tree.cover[node] as number);
  return ratio * worthOf(tree, row, known, left) + (1 - ratio) * worthOf(tree, row, known, right);
}

/** Shapley's definition: the mean over all orders of what a feature adds to those before it. */
function shapleyByOrders(tree: Tree, row: Float32Array): number[] {
  const orders = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((first) => orders(left.filter((each) => each !== first)).map((rest) => [first, ...rest]));
  const all = orders(Array.from({ length: FEATURES }, (_, feature) => feature));
  const sums = new Array<number>(FEATURES).fill(0);
  for (const order of all) {
    const known = new Set<number>();
    let before = worthOf(tree, row, known);
    for (const feature of order) {
      const after = worthOf(tree, row, known.add(feature));
      sums[feature] = (sums[feature] ?? 0) + after - before;
      before = after;
    }
  }
  return sums.map((sum) => sum / all.length);
}

describe('addShap', () => {
  it("agrees with Shapley's definition over all orders of the features, missing values among them", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 119 }), (seed, at) => {
        const { tree, rows } = randomTree(seed);
        const row = rows.subarray(at * FEATURES, (at + 1) * FEATURES);
        const contributions = new Float64Array(FEATURES);
        addShap(contributions, prepareShap([tree]), rows.subarray(at * FEATURES, (at + 1) * FEATURES));
        shapleyByOrders(tree, row).forEach((expected, feature) => {
          expect(contributions[feature]).toBeCloseTo(expected, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('returns the mean over the training rows, which with the contributions is the value of the leaf', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 119 }), (seed, at) => {
        const { tree, rows } = randomTree(seed);
        const contributions = new Float64Array(FEATURES);
        const mean = addShap(contributions, prepareShap([tree]), rows.subarray(at * FEATURES, (at + 1) * FEATURES));
        const value = tree.value[leafOf(tree, rows, at * FEATURES)] as number;
        expect(mean + contributions.reduce((sum, each) => sum + each, 0)).toBeCloseTo(value, 9);
        const means = Array.from({ length: 120 }, (_, row) => tree.value[leafOf(tree, rows, row * FEATURES)] as number);
        expect(mean).toBeCloseTo(means.reduce((sum, each) => sum + each, 0) / 120, 5);
      }),
      { numRuns: 60 },
    );
  });
});
