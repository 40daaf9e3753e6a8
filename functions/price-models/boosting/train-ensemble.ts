import { binColumns } from './bins.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Monotone } from './find-split.ts';
import { type GrownTree, type Growth, growTree, type HistogramPool } from './grow-tree.ts';
import type { Objective } from './objectives.ts';
import { sampleIndices, seededRandom } from './random.ts';
import { addTree, type Ensemble, type Tree } from './tree.ts';

export type TrainingOptions = {
  readonly objective: Objective;
  readonly maxTrees: number;
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly minLeafRows: number;
  readonly l2: number;
  /** of the rows, drawn for each tree */
  readonly rowShareRatio: number;
  /** of the features, drawn for each tree */
  readonly featureShareRatio: number;
  /** by feature; empty for none */
  readonly monotone: readonly Monotone[];
  /** trees without a better loss of the validation rows, after which training stops */
  readonly patience: number;
  readonly seed: number;
};

export type Sample = {
  readonly matrix: FeatureMatrix;
  readonly targets: Float64Array;
  /** by row, how much its error counts, 1 on average; absent where all count alike */
  readonly weights?: Float64Array;
};

/**
 * Gradient boosting on histograms: each tree fits the gradients that the trees before it have left.
 *
 * The same input and seed give the same ensemble, to the bit.
 *
 * @param validation rows that decide when to stop; the trees after the best one are dropped. Without them maxTrees are grown
 */
export function trainEnsemble(training: Sample, options: TrainingOptions, validation?: Sample): Ensemble {
  if (options.objective.leafValue && options.monotone.length > 0) {
    throw new Error('an objective with its own leaf values cannot be monotone');
  }
  if (options.objective.leafValue && training.weights) {
    throw new Error('an objective with its own leaf values takes no weights');
  }
  const random = seededRandom(options.seed);
  const columns = binColumns(training.matrix);
  const state = stateOf(training, options);
  const watched = validation && watch(validation, state.start, options.objective);
  const growth: Growth = { ...options, monotone: options.monotone };
  const pool: HistogramPool = [];
  const trees: Tree[] = [];
  while (trees.length < options.maxTrees) {
    updateGradients(state, options.objective);
    const rows = sampleIndices(training.matrix.rows, options.rowShareRatio, random);
    const features = sampleIndices(training.matrix.features, options.featureShareRatio, random);
    const grown = growTree({ ...state, columns, rows, features }, growth, pool);
    setValues(grown, state, options);
    trees.push(grown.tree);
    addTree(state.predictions, grown.tree, training.matrix);
    if (watched && watched.treesSinceBest(grown.tree) >= options.patience) break;
  }
  return { start: state.start, trees: watched ? trees.slice(0, watched.bestTrees()) : trees };
}

type State = {
  readonly start: number;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly predictions: Float64Array;
  readonly gradients: Float64Array;
};

function stateOf({ targets, weights = evenWeights(targets) }: Sample, { objective }: TrainingOptions): State {
  const start = Math.fround(objective.start(targets));
  return {
    start,
    targets,
    weights,
    predictions: new Float64Array(targets.length).fill(start),
    gradients: new Float64Array(targets.length),
  };
}

const evenWeights = (targets: Float64Array): Float64Array => new Float64Array(targets.length).fill(1);

function updateGradients({ targets, weights, predictions, gradients }: State, { gradient }: Objective): void {
  for (let row = 0; row < targets.length; row += 1) {
    gradients[row] = (weights[row] as number) * gradient((targets[row] as number) - (predictions[row] as number));
  }
}

function setValues(
  { tree, leaves }: GrownTree,
  { targets, predictions }: State,
  { objective: { leafValue }, learningRate }: TrainingOptions,
): void {
  for (const { id, rows, value } of leaves) {
    const residuals = (): Float64Array =>
      Float64Array.from(rows, (row) => (targets[row] as number) - (predictions[row] as number));
    tree.value[id] = learningRate * (leafValue ? leafValue(residuals()) : value);
  }
}

type Watch = {
  /** adds a tree, and returns how many trees ago the loss was least */
  readonly treesSinceBest: (tree: Tree) => number;
  readonly bestTrees: () => number;
};

function watch({ matrix, targets, weights = evenWeights(targets) }: Sample, start: number, { loss }: Objective): Watch {
  const predictions = new Float64Array(matrix.rows).fill(start);
  let trees = 0;
  let bestTrees = 0;
  let bestLoss = Number.POSITIVE_INFINITY;
  const treesSinceBest = (tree: Tree): number => {
    addTree(predictions, tree, matrix);
    trees += 1;
    let total = 0;
    for (let row = 0; row < targets.length; row += 1) {
      total += (weights[row] as number) * loss((targets[row] as number) - (predictions[row] as number));
    }
    if (total < bestLoss) {
      bestLoss = total;
      bestTrees = trees;
    }
    return trees - bestTrees;
  };
  return { treesSinceBest, bestTrees: () => bestTrees };
}
