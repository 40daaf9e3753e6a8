import type { BinnedColumn } from './bins.ts';
import { HISTOGRAM_STRIDE, type Histogram } from './histogram.ts';

/** How the prediction may change with a feature: only down, freely, only up. */
export type Monotone = -1 | 0 | 1;

export type SplitRules = {
  readonly minLeafRows: number;
  /** L2 penalty of leaf values, in rows */
  readonly l2: number;
  /** by feature */
  readonly monotone: readonly Monotone[];
};

/** Sums over the rows of a node, and the limits that other leaves set to its value where features are monotone. */
export type NodeSums = {
  readonly gradient: number;
  /** sum of their weights, which are 1 on average */
  readonly rows: number;
  readonly lowest: number;
  readonly highest: number;
};

export type Split = {
  readonly feature: number;
  /** rows of bins 1 to `bin` go left */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: NodeSums;
  readonly right: NodeSums;
  readonly leftValue: number;
  readonly rightValue: number;
};

type Candidate = { gain: number; feature: number; bin: number; missingLeft: boolean; gradient: number; rows: number };

/** The value of a leaf that minimises its loss (Newton step), within the limits of the node. */
export function newtonStep({ gradient, rows, lowest, highest }: NodeSums, l2: number): number {
  return Math.min(highest, Math.max(lowest, -gradient / (rows + l2)));
}

/** The split with the largest gain; undefined where none gains or a side would have too few rows. */
export function findSplit(
  histogram: Histogram,
  columns: readonly BinnedColumn[],
  features: Int32Array,
  node: NodeSums,
  rules: SplitRules,
): Split | undefined {
  const best: Candidate = { gain: 1e-12, feature: -1, bin: 0, missingLeft: false, gradient: 0, rows: 0 };
  if (node.rows >= 2 * rules.minLeafRows) {
    for (const feature of features) {
      const bins = (columns[feature] as BinnedColumn).edges.length;
      scanFeature(best, histogram, feature, bins, node, rules);
    }
  }
  return best.feature < 0 ? undefined : splitOf(best, node, rules);
}

/** Tries every edge of a feature, with the missing values on either side. */
function scanFeature(
  best: Candidate,
  histogram: Histogram,
  feature: number,
  bins: number,
  node: NodeSums,
  rules: SplitRules,
): void {
  const offset = feature * HISTOGRAM_STRIDE;
  const missingGradient = histogram[offset] as number;
  const missingRows = histogram[offset + 1] as number;
  const gainOf = gainFunction(node, rules, rules.monotone[feature] ?? 0);
  let gradient = 0;
  let rows = 0;
  for (let bin = 1; bin <= bins; bin += 1) {
    gradient += histogram[offset + 2 * bin] as number;
    rows += histogram[offset + 2 * bin + 1] as number;
    for (const missingLeft of missingRows > 0 ? BOTH_SIDES : ONE_SIDE) {
      const leftRows = missingLeft ? rows + missingRows : rows;
      if (leftRows < rules.minLeafRows || node.rows - leftRows < rules.minLeafRows) continue;
      const leftGradient = missingLeft ? gradient + missingGradient : gradient;
      const gain = gainOf(leftGradient, leftRows);
      if (gain > best.gain) {
        // Without missing values in training, they go with the majority.
        const side = missingRows > 0 ? missingLeft : 2 * leftRows >= node.rows;
        Object.assign(best, { gain, feature, bin, missingLeft: side, gradient: leftGradient, rows: leftRows });
      }
    }
  }
}

const BOTH_SIDES = [false, true] as const;
const ONE_SIDE = [false] as const;

/** The decrease of the loss by a split, times two: sum over the sides of G w + (H + l2) w^2 / 2, with G the gradients, H the rows. */
function gainFunction(
  node: NodeSums,
  { l2 }: SplitRules,
  monotone: Monotone,
): (leftGradient: number, leftRows: number) => number {
  const { lowest, highest } = node;
  const bounded = lowest > Number.NEGATIVE_INFINITY || highest < Number.POSITIVE_INFINITY;
  const before = scoreOf(node.gradient, node.rows + l2, newtonStep(node, l2));
  if (!bounded && monotone === 0) {
    return (leftGradient, leftRows) => {
      const rightGradient = node.gradient - leftGradient;
      const right = (rightGradient * rightGradient) / (node.rows - leftRows + l2);
      return (leftGradient * leftGradient) / (leftRows + l2) + right - before;
    };
  }
  return (leftGradient, leftRows) => {
    const rightGradient = node.gradient - leftGradient;
    const leftWeight = leftRows + l2;
    const rightWeight = node.rows - leftRows + l2;
    const left = Math.min(highest, Math.max(lowest, -leftGradient / leftWeight));
    const right = Math.min(highest, Math.max(lowest, -rightGradient / rightWeight));
    if (monotone * (right - left) < 0) return 0;
    return scoreOf(leftGradient, leftWeight, left) + scoreOf(rightGradient, rightWeight, right) - before;
  };
}

const scoreOf = (gradient: number, weight: number, value: number): number =>
  -(2 * gradient * value + weight * value * value);

function splitOf(
  { feature, bin, missingLeft, gain, gradient, rows }: Candidate,
  node: NodeSums,
  { l2 }: SplitRules,
): Split {
  const left = { ...node, gradient, rows };
  const right = { ...node, gradient: node.gradient - gradient, rows: node.rows - rows };
  return {
    feature,
    bin,
    missingLeft,
    gain,
    left,
    right,
    leftValue: newtonStep(left, l2),
    rightValue: newtonStep(right, l2),
  };
}
