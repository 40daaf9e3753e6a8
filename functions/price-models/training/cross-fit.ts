import { type FeatureMatrix, selectRows } from '../boosting/feature-matrix.ts';
import { quantile, quantileOf } from '../boosting/objectives.ts';
import { type TrainingOptions, trainEnsemble } from '../boosting/train-ensemble.ts';
import { type Ensemble, predictEnsemble } from '../boosting/tree.ts';
import { placesWhere } from '../features/learn-features.ts';
import { LEVEL_RATIO } from '../price-model-schema.ts';

/** Entries in folds: the members of a model are trained on all folds but one. */
export type FoldedSample = {
  readonly matrix: FeatureMatrix;
  readonly targets: Float64Array;
  /** as of `Sample` */
  readonly weights?: Float64Array;
  readonly folds: Uint8Array;
};

export type CrossFit = {
  /** by fold, the ensemble that was trained without it */
  readonly members: readonly Ensemble[];
  /** by entry, the prediction of the member that was trained without its fold */
  readonly outOfFold: Float64Array;
};

/** Trees without an improvement on unseen rows, after which training stops. */
const PATIENCE = 40;

/** Trains a member per fold; each stops when it no longer improves on the fold that it does not see. */
export function crossFit(
  { matrix, targets, weights, folds }: FoldedSample,
  options: Omit<TrainingOptions, 'patience'>,
): CrossFit {
  const outOfFold = new Float64Array(targets.length);
  const count = Math.max(...folds) + 1;
  const members = Array.from({ length: count }, (_, fold) => {
    const sampleOf = (places: readonly number[]) => ({
      matrix: selectRows(matrix, places),
      targets: Float64Array.from(places, (place) => targets[place] as number),
      ...(weights && { weights: Float64Array.from(places, (place) => weights[place] as number) }),
    });
    const unseen = placesWhere(folds, (each) => each === fold);
    const validation = sampleOf(unseen);
    const training = sampleOf(placesWhere(folds, (each) => each !== fold));
    const member = trainEnsemble(training, { ...options, patience: PATIENCE, seed: options.seed + fold }, validation);
    const predictions = predictEnsemble(member, validation.matrix);
    unseen.forEach((entry, at) => {
      outOfFold[entry] = predictions[at] as number;
    });
    return member;
  });
  return { members, outOfFold };
}

export type Spread = {
  readonly low: Ensemble;
  readonly high: Ensemble;
  /** conformal corrections of the two */
  readonly lowShift: number;
  readonly highShift: number;
  /** by calibrating entry, what the two leave of its residual */
  readonly lowLeft: Float64Array;
  readonly highLeft: Float64Array;
};

/**
 * How far P10 and P90 lie from the prediction: quantile ensembles of out-of-fold residuals, each corrected by the quantile of
 * what it leaves on folds that it did not see (conformalised quantile regression, arXiv 1905.03222, each side by itself).
 *
 * @param calibrating the entries whose residuals set the correction: rows as they are, not copies with facts removed
 */
export function fitSpread(
  residuals: FoldedSample,
  calibrating: readonly number[],
  options: Omit<TrainingOptions, 'objective' | 'monotone' | 'patience'>,
): Spread {
  const tail = (1 - LEVEL_RATIO) / 2;
  const side = (shareRatio: number) => {
    const settings = { ...options, objective: quantile(shareRatio), monotone: [] };
    const { outOfFold } = crossFit(residuals, settings);
    const left = Float64Array.from(calibrating, (at) => (residuals.targets[at] as number) - (outOfFold[at] as number));
    return {
      ensemble: trainEnsemble(residuals, { ...settings, patience: PATIENCE }),
      shift: quantileOf(left.slice(), conformalShare(shareRatio, left.length)),
      left,
    };
  };
  const low = side(tail);
  const high = side(1 - tail);
  return {
    low: low.ensemble,
    lowShift: low.shift,
    lowLeft: low.left,
    high: high.ensemble,
    highShift: high.shift,
    highLeft: high.left,
  };
}

/** The share with the correction for finite samples, (n + 1) / n away from the middle. */
function conformalShare(shareRatio: number, rows: number): number {
  const corrected = 0.5 + ((shareRatio - 0.5) * (rows + 1)) / rows;
  return Math.min(1, Math.max(0, corrected));
}
