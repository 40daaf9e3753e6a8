import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
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
  for (const model of Object.values(await loadModels(modelsFolder()))) {
    const byPhoto: Record<string, Record<string, number>> = {};
    for (const [name, make] of Object.entries(PHOTOS)) {
      const photo = await openPhoto(await make().jpeg({ quality: 90 }).toBuffer());
      if (photo.status !== 'readable') throw new Error(photo.detail);
      const { classes, labels, maps } = await runModel(model, photo.working);
      byPhoto[name] = Object.fromEntries(
        [...classes.flat(), ...labels, ...maps].map(({ word, confidenceRatio }) => [
          word,
          Number(confidenceRatio.toFixed(4)),
        ]),
      );
    }
    scores[`${model.card.name} ${model.card.version}`] = byPhoto;
  }
  return scores;
}

export const writtenScores = async (): Promise<GoldenScores> => JSON.parse(await readFile(FILE, 'utf8'));

/** Run this file by itself after a change of a model: it writes what the models say now. */
if (import.meta.main) await writeFile(FILE, `${JSON.stringify(await currentScores(), undefined, 2)}\n`);
