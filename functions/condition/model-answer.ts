import type { Box } from '../photos/photo-assessment.ts';
import type { ModelCard } from './model-card.ts';
import {
  type LabelledOutput,
  type ModelOutput,
  ourWord,
  outputsOf,
  type Question,
  type SigmoidOutput,
} from './model-outputs.ts';

/** Numbers of one output of the ONNX graph. */
export type RawOutput = { readonly data: Float32Array; readonly shape: readonly number[] };

/** One of our words with its probability. Below its threshold it is not reported. */
export type Word = {
  readonly word: string;
  readonly confidenceRatio: number;
  readonly thresholdRatio: number;
  readonly reachesThreshold: boolean;
  readonly experimental: boolean;
};

/** Probabilities of a word by cell, row by row from the top. */
export type WordMap = Word & {
  readonly cells: Float32Array;
  readonly columns: number;
  readonly rows: number;
  /** number of top cells whose mean is the photo's confidence */
  readonly pooledCells: number;
};

export type WordBox = Word & { readonly box: Box };

/** A model's answer to one question about one photo, in our words. */
export type ModelAnswer = {
  /** by classification output, its words by descending probability */
  readonly classes: readonly (readonly Word[])[];
  readonly labels: readonly Word[];
  readonly maps: readonly WordMap[];
  readonly boxes: readonly WordBox[];
  /** the photo is out-of-distribution for the model, or its answer too uncertain */
  readonly abstains: boolean;
};

/** The outputs of a model by name. */
export type RawOutputs = Readonly<Record<string, RawOutput>>;

/**
 * Turns a model's outputs into its answer to a question, by its card. For several labels of the same word: the sum of their
 * probabilities (classes), or their maximum (labels, maps, boxes).
 */
export function readAnswer(card: Pick<ModelCard, 'outputs'>, question: Question, raw: RawOutputs): ModelAnswer {
  const outputs: readonly ModelOutput[] = outputsOf(card.outputs, question);
  const of = (name: string): RawOutput => raw[name] ?? { data: new Float32Array(), shape: [] };
  return {
    classes: outputs.flatMap((output) =>
      output.as === 'classification' ? [readClasses(output, of(output.name).data)] : [],
    ),
    labels: outputs.flatMap((output) => (output.as === 'multiLabel' ? readLabels(output, of(output.name).data) : [])),
    maps: outputs.flatMap((output) => (output.as === 'map' ? readMaps(output, of(output.name)) : [])),
    boxes: outputs.flatMap((output) => (output.as === 'boxes' ? readBoxes(output, of(output.name)) : [])),
    abstains: outputs.some((output) => output.as === 'distance' && (of(output.name).data[0] ?? 0) > output.maximum),
  };
}

function word(output: LabelledOutput, name: string, confidenceRatio: number): Word {
  const thresholdRatio = output.thresholds[name] ?? output.minConfidenceRatio;
  const experimental = output.experimental.includes(name);
  return {
    word: name,
    confidenceRatio,
    thresholdRatio,
    reachesThreshold: confidenceRatio >= thresholdRatio,
    experimental,
  };
}

function readClasses(output: LabelledOutput & { as: 'classification' }, logits: Float32Array): Word[] {
  const highest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - highest) / output.temperature));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return mergeWords(
    output,
    weights.map((weight) => weight / whole),
    (one, other) => one + other,
  )
    .map(([name, confidence]) => word(output, name, Math.min(1, confidence)))
    .toSorted((a, b) => b.confidenceRatio - a.confidenceRatio);
}

const readLabels = (output: SigmoidOutput, logits: Float32Array): Word[] =>
  mergeWords(
    output,
    output.labels.map((own, index) => probabilityOf(output, ourWord(output, own))(logits[index] ?? 0)),
    Math.max,
  ).map(([name, confidence]) => word(output, name, confidence));

/** Our words with their values, without labels that the card ignores. */
function mergeWords(
  output: LabelledOutput,
  values: readonly number[],
  merge: (one: number, other: number) => number,
): [string, number][] {
  const merged = new Map<string, number>();
  for (const [index, own] of output.labels.entries()) {
    const name = ourWord(output, own);
    if (name === null) continue;
    const value = values[index] ?? 0;
    const before = merged.get(name);
    merged.set(name, before === undefined ? value : merge(before, value));
  }
  return [...merged];
}

function readMaps(output: SigmoidOutput & { as: 'map' }, { data, shape }: RawOutput): WordMap[] {
  const [rows, columns] = [shape[2] ?? 0, shape[3] ?? 0];
  const pooledCells = Math.max(1, Math.round(rows * columns * (output.pooling?.topRatio ?? 0)));
  const maps = new Map<string, Float32Array>();
  for (const [index, own] of output.labels.entries()) {
    const name = ourWord(output, own);
    if (name === null) continue;
    const cells = data.slice(index * rows * columns, (index + 1) * rows * columns);
    const probability = probabilityOf(output, name);
    const before = maps.get(name);
    maps.set(
      name,
      cells.map((logit, cell) => Math.max(probability(logit), before?.[cell] ?? 0)),
    );
  }
  return [...maps].map(([name, cells]) => ({
    ...word(output, name, meanOfHighest(cells, pooledCells)),
    cells,
    columns,
    rows,
    pooledCells,
  }));
}

/** The most probable word of each box, without boxes below its threshold. */
function readBoxes(output: LabelledOutput, { data, shape }: RawOutput): WordBox[] {
  const width = shape[2] ?? 0;
  const count = width > 4 ? Math.floor(data.length / width) : 0;
  return Array.from({ length: count }, (_, index) => data.subarray(index * width, (index + 1) * width)).flatMap(
    (row) => {
      const [best] = mergeWords(output, Array.from(row.subarray(4), clampRatio), Math.max).toSorted(
        (a, b) => b[1] - a[1],
      );
      if (!best) return [];
      const found = word(output, ...best);
      return found.reachesThreshold ? [{ ...found, box: boxOf(row) }] : [];
    },
  );
}

function boxOf([left = 0, top = 0, width = 0, height = 0]: Float32Array): Box {
  const [x, y] = [clampRatio(left), clampRatio(top)];
  return { x, y, width: clampRatio(left + width) - x, height: clampRatio(top + height) - y };
}

/** Mean of the `count` highest values. */
export function meanOfHighest(values: Float32Array, count: number): number {
  const highest = values.toSorted().subarray(Math.max(0, values.length - count));
  return highest.length === 0 ? 0 : highest.reduce((sum, value) => sum + value, 0) / highest.length;
}

/** From logits to the probability of a word: Platt scaling where the card has it for the word, otherwise its temperature. */
function probabilityOf({ calibration, temperature }: SigmoidOutput, name: string | null): (logit: number) => number {
  const { scale, bias } = calibration[name ?? ''] ?? { scale: 1 / temperature, bias: 0 };
  return (logit) => 1 / (1 + Math.exp(-(scale * logit + bias)));
}

const clampRatio = (value: number): number => Math.min(1, Math.max(0, value));
