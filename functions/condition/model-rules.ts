import { basename } from 'node:path';
import type { RawOutput, RawOutputs } from './model-answer.ts';
import type { ModelCard } from './model-card.ts';
import { ModelError } from './model-error.ts';
import { type ModelOutput, QUESTIONS, type Question } from './model-outputs.ts';

type CardInFolder = { readonly folder: string; readonly card: ModelCard };

/** The folder of the built-in model. */
const BUILT_IN = 'photo';

/**
 * The model of each question: the user's, which is in any other folder than BUILT_IN, otherwise the built-in one. A model
 * that answers several questions may be used for some of them.
 *
 * @throws ModelError when a question has no model, or two of the user's, or two models in use have the same name
 */
export function chooseModels(folder: string, cards: readonly CardInFolder[]): Record<Question, CardInFolder> {
  const chosen = Object.fromEntries(
    QUESTIONS.map((question) => [question, chooseModel(folder, question, cards)]),
  ) as Record<Question, CardInFolder>;
  const [first, second] = namesakes(Object.values(chosen));
  if (first && second) {
    // Assessments name models, with their versions.
    throw new ModelError(
      second.folder,
      `it and model "${basename(first.folder)}" both have the name "${first.card.name}"; rename one of the two`,
    );
  }
  return chosen;
}

/** Different models with the same name. */
function namesakes(chosen: readonly CardInFolder[]): CardInFolder[] {
  const byName = Map.groupBy(new Set(chosen), ({ card }) => card.name);
  return [...byName.values()].find(({ length }) => length > 1) ?? [];
}

function chooseModel(folder: string, question: Question, cards: readonly CardInFolder[]): CardInFolder {
  const able = cards.filter(({ card }) => card.answers.includes(question));
  const isBuiltIn = (each: CardInFolder): boolean => basename(each.folder) === BUILT_IN;
  const [own, second] = able.filter((each) => !isBuiltIn(each));
  if (own && second) {
    throw new ModelError(
      own.folder,
      `it and model "${basename(second.folder)}" both answer "${question}"; remove one of the two`,
    );
  }
  const chosen = own ?? able.find(isBuiltIn);
  if (!chosen) throw new ModelError(`${folder}/${BUILT_IN}`, `no model answers "${question}"`);
  return chosen;
}

type GraphValue = { readonly name: string; readonly type: string; readonly shape: readonly (number | string)[] };
export type Graph = { readonly inputs: readonly GraphValue[]; readonly outputs: readonly GraphValue[] };

/** The first mismatch between a card and the graph of its model, in one sentence; undefined without one. */
export function graphProblem({ input, outputs }: ModelCard, graph: Graph): string | undefined {
  const names = (values: readonly GraphValue[]): string => values.map(({ name }) => `"${name}"`).join(', ') || 'none';
  const taken = graph.inputs.find(({ name }) => name === input.name);
  if (!taken) return `card.json names the input "${input.name}", the graph has ${names(graph.inputs)}`;
  if (graph.inputs.length > 1) return `expected one input, the graph has ${names(graph.inputs)}`;
  if (taken.type !== 'float32') return `expected a float32 input, the graph's is ${taken.type}`;
  const shapeProblem = inputShapeProblem(input, taken.shape);
  if (shapeProblem) return shapeProblem;
  const missing = outputs.find(({ name }) => !graph.outputs.some((given) => given.name === name));
  if (missing) return `card.json names the output "${missing.name}", the graph has ${names(graph.outputs)}`;
  return undefined;
}

function inputShapeProblem(
  { layout, colorOrder, size }: ModelCard['input'],
  shape: GraphValue['shape'],
): string | undefined {
  const channels = colorOrder === 'GRAY' ? 1 : 3;
  const [height, width] =
    size.mode === 'shortSide' ? ['?', '?'] : size.mode === 'tiles' ? [size.px, size.px] : [size.heightPx, size.widthPx];
  const expected = layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
  // A dimension without a number is free.
  const fits = (given: number | string | undefined, wanted: number | string | undefined): boolean =>
    typeof given !== 'number' || given < 0 || (wanted === '?' ? false : given === wanted);
  if (shape.length === 4 && expected.every((wanted, axis) => fits(shape[axis], wanted))) return undefined;
  return `card.json declares an input of ${expected.join(' x ')} (? is free), the graph's is ${shape.join(' x ')}`;
}

/** The problem of an output's shape or numbers, in one sentence; undefined without one. */
export function outputProblem(output: ModelOutput, { data, shape }: RawOutput): string | undefined {
  const expected = expectedShape(output);
  const fits =
    shape.length === expected.length && expected.every((wanted, axis) => wanted === '?' || wanted === shape[axis]);
  if (!fits) {
    return `output "${output.name}" (as ${output.as}) should be ${expected.join(' x ')} (? is free), it is ${shape.join(' x ')}`;
  }
  return data.every(Number.isFinite) ? undefined : `output "${output.name}" has numbers that are not finite`;
}

function expectedShape(output: ModelOutput): readonly (number | '?')[] {
  switch (output.as) {
    case 'classification':
    case 'multiLabel':
      return [1, output.labels.length];
    case 'map':
      return [1, output.labels.length, '?', '?'];
    case 'boxes':
      return [1, '?', 4 + output.labels.length];
    case 'distance':
      return [1, 1];
  }
}

/** The element-wise mean of the outputs of several tiles. */
export function averageOutputs(answers: readonly RawOutputs[]): RawOutputs {
  const [first = {}] = answers;
  if (answers.length <= 1) return first;
  const mean = (name: string, { data, shape }: RawOutput): RawOutput => ({
    shape,
    data: data.map((_, at) => answers.reduce((sum, answer) => sum + (answer[name]?.data[at] ?? 0), 0) / answers.length),
  });
  return Object.fromEntries(Object.entries(first).map(([name, raw]) => [name, mean(name, raw)]));
}
