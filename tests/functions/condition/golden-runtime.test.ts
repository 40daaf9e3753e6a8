import { beforeAll, describe, expect, it } from 'vitest';
import { goldenProblem } from '../../../functions/condition/golden-runtime.ts';
import { loadModel, loadModels, type Models, readCard } from '../../../functions/condition/model-runtime.ts';
import { modelsFolder } from '../../../functions/condition/models-folder-runtime.ts';
import { currentScores, type GoldenScores, writtenScores } from './golden-scores.ts';
import { constantModel, temporaryFolder, tinyCard, writeModel } from './tiny-models.ts';

/** What another version of sharp or of ONNX Runtime may move a confidence by. */
const SCORE_TOLERANCE = 0.02;

const QUESTIONS = ['subject', 'surface', 'vehicle'] as const;

let models: Models;
let current: GoldenScores;
let written: GoldenScores;
beforeAll(async () => {
  models = await loadModels(modelsFolder());
  [current, written] = await Promise.all([currentScores(), writtenScores()]);
}, 60_000);

describe('goldenProblem', () => {
  it.each(QUESTIONS)('finds the %s model in agreement with the framework that trained it', async (question) => {
    const model = models[question];

    expect(model.card.golden.length).toBeGreaterThan(0);
    for (const golden of model.card.golden) expect(await goldenProblem(model, golden)).toBeUndefined();
  });

  it('says by how much a model differs', async () => {
    const golden = [{ pattern: 'grey' as const, widthPx: 64, heightPx: 64, outputs: { out: [1, 2.5] } }];
    const card = tinyCard('subject', {
      outputs: [{ name: 'out', as: 'classification', labels: ['kitchen', 'roof'] }],
      golden,
    });
    const model = await loadModel(
      await readCard(await writeModel(await temporaryFolder(), 'off', card, constantModel('out', [1, 2]))),
    );

    expect(await goldenProblem(model, golden[0] ?? { pattern: 'grey', widthPx: 64, heightPx: 64, outputs: {} })).toBe(
      'output "out" for the pattern "grey" of 64 x 64 differs by 0.50 from its card, more than 0.0001',
    );
  });
});

describe('the models of the project', () => {
  it('have golden scores; write them with `node tests/functions/condition/golden-scores.ts` after a change of a model', () => {
    expect(Object.keys(written)).toEqual(Object.keys(current));
  });

  it('say of generated photos what they said when they were released', () => {
    const scoresOf = (all: GoldenScores): [string, number][] =>
      Object.entries(all).flatMap(([model, photos]) =>
        Object.entries(photos).flatMap(([photo, words]) =>
          Object.entries(words).map(([word, score]): [string, number] => [`${model}: ${photo}: ${word}`, score]),
        ),
      );
    const released = new Map(scoresOf(written));

    const moved = scoresOf(current).filter(
      ([name, score]) => !(Math.abs(score - (released.get(name) ?? Number.NaN)) <= SCORE_TOLERANCE),
    );
    expect(moved).toEqual([]);
  });
});
