import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { resizeRaster } from '../photos/photo-runtime.ts';
import type { Raster } from '../photos/raster.ts';
import type { RawOutput, RawOutputs } from './model-answer.ts';
import { ModelCard } from './model-card.ts';
import { ModelError } from './model-error.ts';
import { inputWindows, planResize, type Tensor, toTensor } from './model-input.ts';
import { QUESTIONS, type Question } from './model-outputs.ts';
import { averageOutputs, chooseModels, type Graph, graphProblem, outputProblem } from './model-rules.ts';

// Disables onnxruntime's telemetry to Microsoft (on by default since 1.29); must be set before the first session.
process.env.ORT_DISABLE_TELEMETRY = '1';

const CARD_FILE = 'card.json';
const MODEL_FILE = 'model.onnx';
/** Grey, and not square, so that swapped axes fail. */
const SAMPLE: Raster = { data: new Uint8Array(320 * 240 * 3).fill(128), widthPx: 320, heightPx: 240, channels: 3 };

export type LoadedModel = {
  readonly card: ModelCard;
  /** Runs the model on one input; shapes of the outputs are checked. */
  readonly run: (input: Tensor) => Promise<RawOutputs>;
};

/** The model of each question; one that answers several is the same object for each. */
export type Models = Readonly<Record<Question, LoadedModel>>;

/**
 * The active models of a folder, each checked and run once.
 *
 * @throws ModelError, one sentence, when a model is missing or wrong, or two answer the same question or have the same name
 */
export async function loadModels(folder: string): Promise<Models> {
  const chosen = chooseModels(folder, await readCards(folder));
  const found = [...new Set(Object.values(chosen))];
  const loaded = new Map(await Promise.all(found.map(async (each) => [each, await loadModel(each)] as const)));
  return Object.fromEntries(QUESTIONS.map((question) => [question, loaded.get(chosen[question])])) as Models;
}

export type CardInFolder = { readonly folder: string; readonly card: ModelCard };

/** The cards of all models in a folder; subfolders without a card are skipped. */
export async function readCards(folder: string): Promise<CardInFolder[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new ModelError(folder, `the folder of models cannot be read (${error.message})`);
  });
  const folders = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => join(folder, name))
    .filter((place) => existsSync(join(place, CARD_FILE)))
    .toSorted();
  return Promise.all(folders.map(readCard));
}

/** The card of one model's folder. */
export async function readCard(folder: string): Promise<CardInFolder> {
  const text = await readFile(join(folder, CARD_FILE), 'utf8').catch((error: Error) => {
    throw new ModelError(folder, `${CARD_FILE} cannot be read (${error.message})`);
  });
  const card = ModelCard.safeParse(parseJson(folder, text));
  if (card.success) return { folder, card: card.data };
  const [issue] = card.error.issues;
  throw new ModelError(folder, `${CARD_FILE} is wrong at ${issue?.path.join('.') || 'the top'}: ${issue?.message}`);
}

/** Loads a model, checks its inputs and outputs against its card, and runs it once. */
export async function loadModel({ folder, card }: CardInFolder): Promise<LoadedModel> {
  const session = await openSession(folder);
  const problem = graphProblem(card, graphOf(session));
  if (problem) throw new ModelError(folder, problem);
  const model = { card, run: (input: Tensor) => run(folder, card, session, input) };
  await runModel(model, SAMPLE);
  return model;
}

/** A copy is large enough for an input when its sides are at least this many times the input's. */
const SPARE_SIZE = 1.5;

/**
 * The outputs of a model for a photo, which readAnswer reads.
 *
 * @param copies smaller copies of the photo, if any. Scaling the smallest sufficient copy costs a fraction and looks the same:
 * libvips also averages neighbouring pixels first.
 */
export async function runModel(
  model: LoadedModel,
  working: Raster,
  copies: readonly Raster[] = [],
): Promise<RawOutputs> {
  const { card, run: runOnce } = model;
  const plan = planResize(card.input.size, working);
  const isEnough = ({ widthPx, heightPx }: Raster): boolean =>
    plan !== undefined && widthPx >= plan.widthPx * SPARE_SIZE && heightPx >= plan.heightPx * SPARE_SIZE;
  const source = copies.filter(isEnough).at(-1) ?? working;
  const picture = plan ? await resizeRaster(source, plan.widthPx, plan.heightPx, plan.fit) : working;
  const answers: RawOutputs[] = [];
  for (const window of inputWindows(card.input.size, picture)) {
    answers.push(await runOnce(toTensor(card.input, picture, window)));
  }
  return averageOutputs(answers);
}

async function openSession(folder: string): Promise<InferenceSession> {
  const file = join(folder, MODEL_FILE);
  // One thread: photos are assessed in parallel processes, which use all cores.
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Errors are thrown; do not also print them.
    logSeverityLevel: 4,
  };
  return InferenceSession.create(file, options).catch((error: Error) => {
    throw new ModelError(folder, `${MODEL_FILE} cannot be loaded (${error.message})`);
  });
}

async function run(
  folder: string,
  card: ModelCard,
  session: InferenceSession,
  { data, shape }: Tensor,
): Promise<RawOutputs> {
  const results = await session
    .run({ [card.input.name]: new OrtTensor('float32', data, shape) })
    .catch((error: Error) => {
      throw new ModelError(folder, `it fails on an input of ${shape.join(' x ')}`, error);
    });
  const outputs: Record<string, RawOutput> = {};
  for (const output of card.outputs) {
    const result = results[output.name];
    const numbers = result?.data;
    if (!(numbers instanceof Float32Array)) throw new ModelError(folder, `output "${output.name}" is not float32`);
    const raw = { data: numbers, shape: result?.dims ?? [] };
    const problem = outputProblem(output, raw);
    if (problem) throw new ModelError(folder, problem);
    outputs[output.name] = raw;
  }
  return outputs;
}

function graphOf(session: InferenceSession): Graph {
  const values = (all: readonly InferenceSession.ValueMetadata[]) =>
    all.map((value) => ({
      name: value.name,
      type: value.isTensor ? value.type : 'no tensor',
      shape: value.isTensor ? value.shape : [],
    }));
  return { inputs: values(session.inputMetadata), outputs: values(session.outputMetadata) };
}

function parseJson(folder: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError(folder, `${CARD_FILE} is not JSON (${error instanceof Error ? error.message : error})`);
  }
}
