import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type FeatureMatrix, matrixOf } from '../../../../functions/price-models/boosting/feature-matrix.ts';
import { SQUARED } from '../../../../functions/price-models/boosting/objectives.ts';
import { seededRandom } from '../../../../functions/price-models/boosting/random.ts';
import { trainEnsemble } from '../../../../functions/price-models/boosting/train-ensemble.ts';
import { type Ensemble, predictEnsemble } from '../../../../functions/price-models/boosting/tree.ts';
import { INPUT_NAME, OUTPUT_NAME } from '../../../../functions/price-models/onnx/onnx-fields.ts';
import { readMetadata, readTreeModel, writeTreeModel } from '../../../../functions/price-models/onnx/tree-model.ts';

const FEATURES = 3;

function randomMatrix(seed: number, rows: number): FeatureMatrix {
  const random = seededRandom(seed);
  return matrixOf(
    Array.from({ length: rows }, () =>
      Array.from({ length: FEATURES }, () => (random() < 0.15 ? Number.NaN : 1000 * (random() - 0.5))),
    ),
  );
}

function ensembleOf(seed: number, maxTrees: number, offset: number): Ensemble {
  const matrix = randomMatrix(seed, 300);
  const targets = Float64Array.from({ length: 300 }, (_, row) => {
    const [a = 0, b = 0] = matrix.values.subarray(row * FEATURES);
    return offset + (Number.isNaN(a) ? 3 : a / 100) * (Number.isNaN(b) ? 1 : Math.sign(b));
  });
  return trainEnsemble(
    { matrix, targets },
    {
      objective: SQUARED,
      maxTrees,
      learningRate: 0.3,
      maxLeaves: 9,
      minLeafRows: 2,
      l2: 0.1,
      rowShareRatio: 0.9,
      featureShareRatio: 1,
      monotone: [],
      patience: 5,
      seed,
    },
  );
}

async function run(bytes: Uint8Array, matrix: FeatureMatrix): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes);
  const { [OUTPUT_NAME]: output } = await session.run({
    [INPUT_NAME]: new Tensor('float32', matrix.values, [matrix.rows, matrix.features]),
  });
  return output?.data as Float32Array;
}

describe('writeTreeModel', () => {
  it('gives what the trainer gives when the ONNX runtime runs it, at thresholds and missing values, too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 12 }), async (seed, trees) => {
        const ensembles = [ensembleOf(seed, trees, 10), ensembleOf(seed + 1, 2, 5)];
        const thresholds = ensembles[0]?.trees.flatMap(({ threshold }) => Array.from(threshold)) ?? [];
        const edges = matrixOf(thresholds.filter(Number.isFinite).map((each) => [each, Number.NaN, each]));
        for (const matrix of [randomMatrix(seed + 2, 200), edges]) {
          const outputs = await run(writeTreeModel({ ensembles, features: FEATURES, metadata: {} }), matrix);
          ensembles.forEach((ensemble, target) => {
            predictEnsemble(ensemble, matrix).forEach((expected, row) => {
              const error = Math.abs((outputs[row * 2 + target] as number) - expected);
              expect(error).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected)));
            });
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  it('writes an ensemble without any tree, and trees that are one leaf', async () => {
    const flat = trainEnsemble(
      {
        matrix: matrixOf([
          [1, 1, 1],
          [1, 1, 1],
        ]),
        targets: Float64Array.of(2, 4),
      },
      {
        objective: SQUARED,
        maxTrees: 3,
        learningRate: 0.5,
        maxLeaves: 4,
        minLeafRows: 1,
        l2: 0,
        rowShareRatio: 1,
        featureShareRatio: 1,
        monotone: [],
        patience: 9,
        seed: 1,
      },
    );
    const bytes = writeTreeModel({ ensembles: [flat, { start: 7, trees: [] }], features: FEATURES, metadata: {} });
    expect(Array.from(await run(bytes, matrixOf([[5, Number.NaN, 0]])))).toEqual([3, 7]);
  });
});

describe('readTreeModel', () => {
  it('reads the trees that were written, with the shares of the rows at their nodes', () => {
    const ensembles = [ensembleOf(1, 8, 1), ensembleOf(2, 3, 2)];
    const model = readTreeModel(writeTreeModel({ ensembles, features: FEATURES, metadata: { note: 'größer 5 €' } }));
    const matrix = randomMatrix(9, 100);
    expect(model.features).toBe(FEATURES);
    expect(model.metadata).toEqual({ note: 'größer 5 €' });
    model.ensembles.forEach((read, target) => {
      const written = ensembles[target] as Ensemble;
      expect(predictEnsemble(read, matrix)).toEqual(predictEnsemble(written, matrix));
      const [root] = read.trees[0]?.cover ?? [];
      expect(root).toBe(1);
      const covers = Array.from(written.trees[0]?.cover ?? []).toSorted((a, b) => a - b);
      const ratios = Array.from(read.trees[0]?.cover ?? []).toSorted((a, b) => a - b);
      ratios.forEach((ratio, at) => {
        expect(ratio).toBeCloseTo((covers[at] as number) / (covers.at(-1) as number), 5);
      });
    });
  });

  it('refuses other files', () => {
    expect(() => readTreeModel(new TextEncoder().encode('{"not":"a model"}'))).toThrow();
    expect(() => readTreeModel(new Uint8Array())).toThrow('no model of trees');
    expect(readMetadata(new Uint8Array())).toEqual({});
  });
});
