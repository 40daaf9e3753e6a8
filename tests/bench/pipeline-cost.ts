import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { activeModels } from '../../functions/condition/active-models-runtime.ts';
import { inputWindows, planResize, type Tensor, toTensor } from '../../functions/condition/model-input.ts';
import { Question } from '../../functions/condition/model-outputs.ts';
import type { LoadedModel } from '../../functions/condition/model-runtime.ts';
import { openPhoto, resizeRaster } from '../../functions/photos/photo-runtime.ts';
import type { Raster } from '../../functions/photos/raster.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { assessPhoto } from '../functions/pipeline/assess-by-default.ts';

/** CPU seconds per photo, of the pipeline and of what no pipeline could do without. */
export type PipelineCost = {
  readonly pipelineSeconds: number;
  readonly floorSeconds: number;
  readonly modelSeconds: number;
};

type Run = { readonly model: LoadedModel; readonly inputs: readonly Tensor[] };

/**
 * What one photo costs, and what it would cost at the least: decode to 1,280 px, the same ONNX runs.
 *
 * Both run by turns on the same photos in this process, so that noise of the machine falls on both.
 */
export async function pipelineCost(files: readonly string[], rounds: number): Promise<PipelineCost> {
  const photos = await Promise.all(
    files.map(async (file) => ({ file: await readFile(file), runs: await runsOf(file) })),
  );
  const spent = { pipelineSeconds: 0, floorSeconds: 0, modelSeconds: 0 };
  for (let round = 0; round <= rounds; round++) {
    // The first round warms up and does not count.
    if (round === 1) for (const name of ['pipelineSeconds', 'floorSeconds', 'modelSeconds'] as const) spent[name] = 0;
    for (const { file, runs } of photos) {
      spent.floorSeconds += await cpuSeconds(() => decodeOnly(file));
      const models = await cpuSeconds(() => runModels(runs));
      spent.floorSeconds += models;
      spent.modelSeconds += models;
      spent.pipelineSeconds += await cpuSeconds(() => assessPhoto({ photoId: 'p001', file }, activeModels));
    }
  }
  const count = rounds * photos.length;
  return {
    pipelineSeconds: spent.pipelineSeconds / count,
    floorSeconds: spent.floorSeconds / count,
    modelSeconds: spent.modelSeconds / count,
  };
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function decodeOnly(file: Uint8Array): Promise<void> {
  const size = { width: LIMITS.workingPx, height: LIMITS.workingPx, fit: 'inside', withoutEnlargement: true } as const;
  await sharp(file).autoOrient().resize(size).raw().toBuffer();
}

async function runModels(runs: readonly Run[]): Promise<void> {
  for (const { model, inputs } of runs) for (const input of inputs) await model.run(input);
}

/** The ONNX runs that the pipeline makes for this photo, with their inputs ready. */
async function runsOf(file: string): Promise<Run[]> {
  const bytes = await readFile(file);
  const photo = await openPhoto(bytes);
  const { assessment } = await assessPhoto({ photoId: 'p001', file: bytes }, activeModels);
  if (photo.status !== 'readable' || assessment.status !== 'assessed') throw new Error(`${file} cannot be assessed`);
  const asked = Question.options.filter((question) => activeModels[question].card.name in assessment.models);
  const models = new Set(asked.map((question) => activeModels[question]));
  return Promise.all([...models].map((model) => inputsFor(model, photo.working)));
}

async function inputsFor(model: LoadedModel, working: Raster): Promise<Run> {
  const { input } = model.card;
  const plan = planResize(input.size, working);
  const picture = plan ? await resizeRaster(working, plan.widthPx, plan.heightPx, plan.fit) : working;
  return { model, inputs: inputWindows(input.size, picture).map((window) => toTensor(input, picture, window)) };
}
