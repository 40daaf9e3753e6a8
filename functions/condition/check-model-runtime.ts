import type { Raster } from '../photos/raster.ts';
import { goldenProblem } from './golden-runtime.ts';
import { type ModelView, viewOfModel } from './model-card.ts';
import { ModelError } from './model-error.ts';
import { QUESTIONS, type Question } from './model-outputs.ts';
import { chooseModels } from './model-rules.ts';
import { type CardInFolder, loadModel, readCard, readCards, runModel } from './model-runtime.ts';

/** The result of `models check`. `problem` is one sentence. */
export type ModelCheck =
  | {
      readonly status: 'usable';
      readonly name: string;
      readonly version: string;
      readonly answers: readonly Question[];
      /** for one photo of 1280 x 960 px, resizing included; median of several runs */
      readonly millisecondsPerPhoto: number;
      readonly goldenEntries: number;
    }
  | { readonly status: 'unusable'; readonly problem: string };

const TIMED_RUNS = 7;
const PHOTO: Raster = { data: new Uint8Array(1280 * 960 * 3).fill(96), widthPx: 1280, heightPx: 960, channels: 3 };

/** Loads the model in a folder, runs it on a sample, checks its shapes and its golden outputs, and times it. */
export async function checkModel(folder: string): Promise<ModelCheck> {
  try {
    const found = await readCard(folder);
    return await examine(folder, found);
  } catch (error) {
    if (error instanceof ModelError) return { status: 'unusable', problem: error.evidence };
    throw error;
  }
}

async function examine(folder: string, found: CardInFolder): Promise<ModelCheck> {
  const model = await loadModel(found);
  const { name, version, answers, golden } = found.card;
  for (const entry of golden) {
    const problem = await goldenProblem(model, entry);
    if (problem) throw new ModelError(folder, problem);
  }
  const runs: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    const started = performance.now();
    await runModel(model, PHOTO);
    runs.push(performance.now() - started);
  }
  const median = runs.toSorted((a, b) => a - b)[Math.floor(TIMED_RUNS / 2)] ?? 0;
  return {
    status: 'usable',
    name,
    version,
    answers,
    millisecondsPerPhoto: Math.round(median * 10) / 10,
    goldenEntries: golden.length,
  };
}

/**
 * All models of a folder, used or not.
 *
 * @throws ModelError when a card is wrong, or the models cannot be used together
 */
export async function listModels(folder: string): Promise<ModelView[]> {
  const cards = await readCards(folder);
  const chosen = chooseModels(folder, cards);
  return cards.map((found) => {
    const usedFor = QUESTIONS.filter((question) => chosen[question].folder === found.folder);
    return viewOfModel(found.card, usedFor);
  });
}
