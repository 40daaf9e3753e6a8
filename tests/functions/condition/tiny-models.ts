import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ModelCard } from '../../../functions/condition/model-card.ts';
import { constant, node, onnxFile, type Shape, tensor } from './onnx-file.ts';

export type CardInput = z.input<typeof ModelCard>;

/** A card without outputs for an input of 64 x 64 px, scaled to 0..1. */
export const tinyCard = (answers: CardInput['answers'], rest: Partial<CardInput> = {}): CardInput => ({
  name: `tiny-${answers}`,
  version: '1.2.3',
  answers,
  summary: 'Made by a test.',
  licence: { weights: 'Apache-2.0', commercialUse: true },
  data: [],
  input: {
    name: 'image',
    layout: 'NCHW',
    colorOrder: 'RGB',
    size: { mode: 'stretch', widthPx: 64, heightPx: 64 },
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  outputs: [],
  ...rest,
});

export const SQUARE: Shape = [1, 3, 64, 64];

/** Logits of n labels: weights times the mean colour, plus a bias. */
export const meanColourModel = (
  output: string,
  weights: readonly (readonly number[])[],
  bias: readonly number[],
  shape: Shape = SQUARE,
): Uint8Array =>
  onnxFile({
    nodes: [
      node('GlobalAveragePool', ['image'], 'mean'),
      node('Flatten', ['mean'], 'colour', { axis: 1 }),
      node('Gemm', ['colour', 'weights', 'bias'], output, { transB: 1 }),
    ],
    constants: [constant('weights', [bias.length, 3], weights.flat()), constant('bias', [bias.length], bias)],
    inputs: [tensor('image', shape)],
    outputs: [tensor(output, [1, bias.length])],
  });

/** Logits that are the same for every photo. */
export const constantModel = (output: string, logits: readonly number[], shape?: Shape): Uint8Array =>
  meanColourModel(
    output,
    logits.map(() => [0, 0, 0]),
    logits,
    shape,
  );

/** Says the same of every photo, and fails on an input of another size, which its graph does not show. */
export const oneSizeModel = (output: string, labels: number, widthPx: number, heightPx: number): Uint8Array =>
  onnxFile({
    nodes: [
      node('Add', ['image', 'nothing'], 'same'),
      node('GlobalAveragePool', ['same'], 'mean'),
      node('Flatten', ['mean'], 'colour', { axis: 1 }),
      node('Gemm', ['colour', 'weights'], output, { transB: 1 }),
    ],
    constants: [
      constant('nothing', [1, 3, heightPx, widthPx], Array<number>(3 * heightPx * widthPx).fill(0)),
      constant('weights', [labels, 3], Array<number>(3 * labels).fill(1)),
    ],
    inputs: [tensor('image', [1, 3, 'height', 'width'])],
    outputs: [tensor(output, [1, labels])],
  });

/** A map with one cell per 8 x 8 px: each label's weights times the mean colour there, plus a bias. */
const mapModel = (
  output: string,
  weights: readonly (readonly number[])[],
  bias: readonly number[],
  shape: Shape = SQUARE,
): Uint8Array =>
  onnxFile({
    nodes: [
      node('AveragePool', ['image'], 'cells', { kernel_shape: [8, 8], strides: [8, 8] }),
      node('Conv', ['cells', 'weights', 'bias'], output),
    ],
    constants: [constant('weights', [bias.length, 3, 1, 1], weights.flat()), constant('bias', [bias.length], bias)],
    inputs: [tensor('image', shape)],
    outputs: [tensor(output, [1, bias.length, 'rows', 'columns'])],
  });

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'fettle-'));

/** Puts a model into `folder/name`; without a file there is only its card. */
export async function writeModel(folder: string, name: string, card: object, model?: Uint8Array): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'card.json'), JSON.stringify(card));
  if (model) await writeFile(join(place, 'model.onnx'), model);
  return place;
}

/** One model for each question; `subject` decides what every photo shows, dark cells are cracks. */
export async function writeTinyModels(folder: string, subject = 'kitchen'): Promise<void> {
  const labels = ['kitchen', 'vehicle', 'product'];
  const classes = (name: string, words: string[]) => ({ name, as: 'classification' as const, labels: words });
  await writeModel(
    folder,
    'subject',
    tinyCard('subject', { outputs: [classes('subject', labels)] }),
    constantModel(
      'subject',
      labels.map((label) => (label === subject ? 6 : 0)),
    ),
  );
  await writeModel(
    folder,
    'surface',
    tinyCard('surface', {
      outputs: [{ name: 'damage', as: 'map', labels: ['crack'], stridePx: 8, thresholds: { crack: 0.6 } }],
    }),
    mapModel('damage', [[-8, -8, -8]], [6]),
  );
  await writeModel(
    folder,
    'vehicle',
    tinyCard('vehicle', { outputs: [classes('severity', ['undamaged', 'minor', 'moderate', 'severe'])] }),
    constantModel('severity', [0, 0, 5, 0]),
  );
}
