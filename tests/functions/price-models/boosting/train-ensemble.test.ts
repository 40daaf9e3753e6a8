import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../../functions/price-models/boosting/feature-matrix.ts';
import { quantile, SQUARED } from '../../../../functions/price-models/boosting/objectives.ts';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import { type TrainingOptions, trainEnsemble } from '../../../../functions/price-models/boosting/train-ensemble.ts';
import { predictEnsemble } from '../../../../functions/price-models/boosting/tree.ts';

const OPTIONS: TrainingOptions = {
  objective: SQUARED,
  maxTrees: 60,
  learningRate: 0.2,
  maxLeaves: 12,
  minLeafRows: 3,
  l2: 1,
  rowShareRatio: 0.8,
  featureShareRatio: 1,
  monotone: [],
  patience: 20,
  seed: 1,
};

/** Rows of random numbers with some missing, and a target that each feature moves. */
function randomSample(seed: number, rows: number, features: number) {
  const random = seededRandom(seed);
  const values = Array.from({ length: rows }, () =>
    Array.from({ length: features }, () => (random() < 0.1 ? Number.NaN : Math.round(10 * random()) / 2)),
  );
  const targets = Float64Array.from(
    values,
    (row) =>
      row.reduce((sum, value, at) => sum + (Number.isNaN(value) ? 2 : (value - 2.5) ** (1 + (at % 3))), 0) + random(),
  );
  return { matrix: matrixOf(values), targets, values };
}

const meanSquare = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, at) => sum + (value - (b[at] as number)) ** 2, 0) / a.length;

describe('trainEnsemble', () => {
  it('learns a target that needs an interaction of two features', () => {
    const { matrix, values } = randomSample(3, 800, 2);
    const targets = Float64Array.from(values, ([a, b]) => Number((a ?? 0) > 2 !== (b ?? 0) > 2));
    const predictions = predictEnsemble(trainEnsemble({ matrix, targets }, OPTIONS), matrix);
    expect(meanSquare(predictions, targets)).toBeLessThan(0.01);
  });

  it('learns from a row of weight 2 as from the row twice, also when it has to stay monotone', () => {
    const { matrix, targets, values } = randomSample(6, 200, 3);
    const weights = targets.map((_, row) => 1 + (row % 2));
    const twice = values.flatMap((row, at) => (at % 2 === 0 ? [row] : [row, row]));
    const targetsTwice = Array.from(targets).flatMap((target, at) => (at % 2 === 0 ? [target] : [target, target]));
    const options: TrainingOptions = {
      ...OPTIONS,
      objective: { ...SQUARED, start: () => 0 },
      rowShareRatio: 1,
      monotone: [1, 0, 0],
    };
    const weighted = predictEnsemble(trainEnsemble({ matrix, targets, weights }, options), matrix);
    const repeated = { matrix: matrixOf(twice), targets: Float64Array.from(targetsTwice) };
    const expected = predictEnsemble(trainEnsemble(repeated, options), matrix);
    expect(meanSquare(weighted, expected)).toBeLessThan(1e-9);
    const even = predictEnsemble(trainEnsemble({ matrix, targets }, options), matrix);
    expect(meanSquare(even, expected)).toBeGreaterThan(1e-3);
  });

  it('is determined by its seed, to the bit', () => {
    const { matrix, targets } = randomSample(4, 300, 4);
    const options = { ...OPTIONS, featureShareRatio: 0.5 };
    expect(trainEnsemble({ matrix, targets }, options)).toEqual(trainEnsemble({ matrix, targets }, options));
    const other = trainEnsemble({ matrix, targets }, { ...options, seed: 2 });
    expect(other).not.toEqual(trainEnsemble({ matrix, targets }, options));
  });

  it('learns on which side missing values belong', () => {
    const values = Array.from({ length: 400 }, (_, row) => [row % 4 === 0 ? Number.NaN : row % 100]);
    const targets = Float64Array.from(values, ([value]) => (Number.isNaN(value) ? 7 : (value ?? 0) < 50 ? 7 : 1));
    const ensemble = trainEnsemble({ matrix: matrixOf(values), targets }, OPTIONS);
    const [missing, low, high] = predictEnsemble(ensemble, matrixOf([[Number.NaN], [10], [90]]));
    expect([missing, low, high].map((each) => Math.round(each ?? 0))).toEqual([7, 7, 1]);
  });

  it('tells missing values from every known one where only missing matters', () => {
    const values = Array.from({ length: 300 }, (_, row) => [row % 3 === 0 ? Number.NaN : row]);
    const targets = Float64Array.from(values, ([value]) => (Number.isNaN(value) ? 5 : 0));
    const ensemble = trainEnsemble({ matrix: matrixOf(values), targets }, { ...OPTIONS, rowShareRatio: 1 });
    const [missing, ...known] = predictEnsemble(ensemble, matrixOf([[Number.NaN], [-1e9], [150], [1e9]]));
    expect(missing).toBeCloseTo(5, 1);
    for (const each of known) expect(each).toBeCloseTo(0, 1);
  });

  it('stops at the trees that do best on the validation rows', () => {
    const training = randomSample(5, 200, 3);
    const validation = randomSample(6, 200, 3);
    const options = { ...OPTIONS, learningRate: 0.5, maxTrees: 200, patience: 15, minLeafRows: 1 };
    const stopped = trainEnsemble(training, options, validation);
    const errorOf = (trees: number): number => {
      const { start, trees: all } = trainEnsemble(training, { ...options, maxTrees: trees });
      return meanSquare(predictEnsemble({ start, trees: all }, validation.matrix), validation.targets);
    };
    const count = stopped.trees.length;
    expect(count).toBeLessThan(200);
    expect(errorOf(count)).toBeLessThanOrEqual(Math.min(errorOf(count - 1), errorOf(count + 1), errorOf(count + 5)));
  });

  it('never breaks a monotone constraint, whatever the rows, also where other facts are missing', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(-1 as const, 1 as const), (seed, direction) => {
        const { matrix, targets, values } = randomSample(seed, 150, 3);
        const ensemble = trainEnsemble({ matrix, targets }, { ...OPTIONS, maxTrees: 25, monotone: [direction, 0, 1] });
        for (const [, b, c] of values.slice(0, 25) as [number, number, number][]) {
          const steps = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 9];
          const along = predictEnsemble(ensemble, matrixOf(steps.map((a) => [a, b, c])));
          const rises = Array.from(along.subarray(1), (value, at) => direction * (value - (along[at] as number)));
          expect(Math.min(...rises)).toBeGreaterThanOrEqual(-1e-9);
          const up = predictEnsemble(ensemble, matrixOf(steps.map((third) => [b, c, third])));
          expect(
            Math.min(...Array.from(up.subarray(1), (value, at) => value - (up[at] as number))),
          ).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('fits a quantile: about that share of the targets lies below', () => {
    const { matrix, targets } = randomSample(8, 2000, 2);
    const predictions = predictEnsemble(
      trainEnsemble({ matrix, targets }, { ...OPTIONS, objective: quantile(0.9), minLeafRows: 40 }),
      matrix,
    );
    const below = Array.from(targets).filter((target, at) => target <= (predictions[at] as number)).length;
    expect(below / targets.length).toBeGreaterThan(0.87);
    expect(below / targets.length).toBeLessThan(0.94);
  });

  it('refuses a monotone quantile, whose leaves have values of their own', () => {
    const { matrix, targets } = randomSample(8, 50, 2);
    const options = { ...OPTIONS, objective: quantile(0.9), monotone: [1, 0] as const };
    expect(() => trainEnsemble({ matrix, targets }, options)).toThrow('cannot be monotone');
  });
});
