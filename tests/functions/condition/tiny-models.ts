import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ModelCard } from '../../../functions/condition/model-card.ts';
import type { Question } from '../../../functions/condition/model-outputs.ts';
import { constant, node, onnxFile, type Shape, tensor } from './onnx-file.ts';

export type CardInput = z.input<typeof ModelCard>;

/** A card without outputs that answers one question, for an input of 64 x 64 px, scaled to 0..1. */
export const tinyCard = (question: Question, rest: Partial<CardInput> = {}): CardInput => ({
  name: `tiny-${question}`,
  version: '1.2.3',
  answers: [question],
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

const SUBJECT_LABELS = ['kitchen', 'vehicle', 'product'];

/** One model for each question; `subject` decides what every photo shows, dark cells are cracks. */
export async function writeTinyModels(folder: string, subject = 'kitchen'): Promise<void> {
  const classes = (name: string, words: string[]) => ({ name, as: 'classification' as const, labels: words });
  await writeModel(
    folder,
    'subject',
    tinyCard('subject', { outputs: [classes('subject', SUBJECT_LABELS)] }),
    constantModel(
      'subject',
      SUBJECT_LABELS.map((label) => (label === subject ? 6 : 0)),
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

/** A card that answers all three questions. */
export const photoCard = (rest: Partial<CardInput> = {}): CardInput =>
  tinyCard('subject', {
    name: 'tiny-photo',
    answers: ['subject', 'surface', 'vehicle'],
    outputs: [
      { name: 'subject', question: 'subject', as: 'classification', labels: SUBJECT_LABELS },
      { name: 'damage', question: 'surface', as: 'map', labels: ['crack'], stridePx: 8, thresholds: { crack: 0.6 } },
      { name: 'seen', question: 'surface', as: 'multiLabel', labels: ['unknown_damage', 'destroyed'] },
      {
        name: 'severity',
        question: 'vehicle',
        as: 'classification',
        labels: ['undamaged', 'minor', 'moderate', 'severe'],
      },
    ],
    ...rest,
  });

/**
 * One model for all questions: `subject` is what every photo shows, dark cells are cracks, every vehicle is moderately damaged,
 * and every photo shows damage of unknown kind.
 *
 * @param further outputs that are the same for every photo
 */
export const photoModel = (subject: string, further: Record<string, number[]> = {}): Uint8Array => {
  const logits = {
    subject: SUBJECT_LABELS.map((label) => (label === subject ? 6 : 0)),
    seen: [3, -3],
    severity: [0, 0, 5, 0],
    ...further,
  };
  const heads = Object.entries(logits);
  return onnxFile({
    nodes: [
      node('GlobalAveragePool', ['image'], 'mean'),
      node('Flatten', ['mean'], 'colour', { axis: 1 }),
      ...heads.map(([name]) => node('Gemm', ['colour', `${name}-weights`, `${name}-bias`], name, { transB: 1 })),
      node('AveragePool', ['image'], 'cells', { kernel_shape: [8, 8], strides: [8, 8] }),
      node('Conv', ['cells', 'damage-weights', 'damage-bias'], 'damage'),
    ],
    constants: [
      ...heads.flatMap(([name, bias]) => [
        constant(`${name}-weights`, [bias.length, 3], Array<number>(3 * bias.length).fill(0)),
        constant(`${name}-bias`, [bias.length], bias),
      ]),
      constant('damage-weights', [1, 3, 1, 1], [-8, -8, -8]),
      constant('damage-bias', [1], [6]),
    ],
    inputs: [tensor('image', SQUARE)],
    outputs: [
      ...heads.map(([name, bias]) => tensor(name, [1, bias.length])),
      tensor('damage', [1, 1, 'rows', 'columns']),
    ],
  });
};
