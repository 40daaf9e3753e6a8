import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type ModelAnswer, readAnswer } from '../../../functions/condition/model-answer.ts';
import { QUESTIONS } from '../../../functions/condition/model-outputs.ts';
import { loadModels, runModel } from '../../../functions/condition/model-runtime.ts';
import { modelsFolder } from '../../../functions/condition/models-folder-runtime.ts';
import { testPattern } from '../../../functions/condition/test-pattern.ts';
import { openPhoto } from '../../../functions/photos/photo-runtime.ts';
import { scene } from '../photos/files.ts';

/** What the models of the project say of generated photos, from the file to the word: confidence by model, photo and word. */
export type GoldenScores = Record<string, Record<string, Record<string, number>>>;

const FILE = new URL('./golden-scores.json', import.meta.url);

const PHOTOS = {
  scene: () => sharp(scene(960, 720, 3), { raw: { width: 960, height: 720, channels: 3 } }),
  weave: () => {
    const { data, widthPx, heightPx } = testPattern('weave', 800, 600);
    return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
  },
};

/** Model names carry their version, so that scores of another model are never compared. */
export async function currentScores(): Promise<GoldenScores> {
  const scores: GoldenScores = {};
  const models = await loadModels(modelsFolder());
  for (const [model, questions] of Map.groupBy(QUESTIONS, (question) => models[question])) {
    const byPhoto: Record<string, Record<string, number>> = {};
    for (const [name, make] of Object.entries(PHOTOS)) {
      const photo = await openPhoto(await make().jpeg({ quality: 90 }).toBuffer());
      if (photo.status !== 'readable') throw new Error(photo.detail);
      const raw = await runModel(model, photo.working);
      byPhoto[name] = Object.fromEntries(
        questions.flatMap((question) => scoresOf(readAnswer(model.card, question, raw))),
      );
    }
    scores[`${model.card.name} ${model.card.version}`] = byPhoto;
  }
  return scores;
}

/** A kind may be an answer of a map and of a label. */
const scoresOf = ({ classes, labels, maps }: ModelAnswer): [string, number][] => [
  ...[...classes.flat(), ...labels].map(({ word, confidenceRatio }) => rounded(word, confidenceRatio)),
  ...maps.map(({ word, confidenceRatio }) => rounded(`${word}, mapped`, confidenceRatio)),
];
const rounded = (word: string, confidenceRatio: number): [string, number] => [word, Number(confidenceRatio.toFixed(4))];

export const writtenScores = async (): Promise<GoldenScores> => JSON.parse(await readFile(FILE, 'utf8'));

/** Run this file by itself after a change of a model: it writes what the models say now. */
if (import.meta.main) await writeFile(FILE, `${JSON.stringify(await currentScores(), undefined, 2)}\n`);
