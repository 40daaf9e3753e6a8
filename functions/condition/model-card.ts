import { z } from 'zod';
import { ModelOutput, outputContradictions, Question, unanswered } from './model-outputs.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected 1-40 lowercase letters, digits or hyphens');
const Side = z.int().min(16).max(1280);

const Size = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('stretch'), widthPx: Side, heightPx: Side }),
    z.strictObject({ mode: z.literal('cover'), widthPx: Side, heightPx: Side }),
    z.strictObject({
      mode: z.literal('shortSide'),
      px: Side,
      maxLongSidePx: Side,
      multipleOf: z.int().min(1).max(64),
    }),
    z.strictObject({ mode: z.literal('tiles'), px: Side, count: z.literal([1, 5]) }),
  ])
  .describe(
    'How the photo becomes the input: stretched to the size; scaled and cropped to it; scaled to a short side; or tiles at native resolution.',
  );
export type InputSize = z.infer<typeof Size>;

const Input = z.strictObject({
  name: z.string().min(1).describe('The name of the input in the ONNX graph.'),
  layout: z.enum(['NCHW', 'NHWC']),
  colorOrder: z.enum(['RGB', 'BGR', 'GRAY']),
  size: Size,
  mean: z.array(z.number()).min(1).max(3).describe('x = (pixel / 255 - mean) / std, one number per channel.'),
  std: z.array(z.number().positive()).min(1).max(3),
});
export type ModelInput = z.infer<typeof Input>;

type MetricTree = { [name: string]: number | string | boolean | null | MetricTree | MetricTree[] };
const Metrics: z.ZodType<MetricTree> = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.null(), z.lazy(() => Metrics), z.array(z.lazy(() => Metrics))]),
);

const Golden = z.strictObject({
  pattern: z.enum(['weave', 'grey']),
  widthPx: Side,
  heightPx: Side,
  outputs: z.record(z.string(), z.array(z.number())),
});
export type Golden = z.infer<typeof Golden>;

const Licence = z
  .strictObject({
    weights: z.string().min(1).describe('Licence of the weights, as an SPDX identifier where there is one.'),
    commercialUse: z.boolean().describe('Whether commercial use is allowed.'),
    note: z.string().optional().describe('Further information on the licence.'),
  })
  .describe('The licence of the model.');

const DataSet = z.strictObject({
  name: z.string().describe('Name of the data set.'),
  origin: z.string().describe('Its source, e.g. a URL.'),
  licence: z.string().describe('Its licence.'),
  images: z.int().nonnegative().describe('Number of its images that were used.'),
});

/** The properties of a card, without the rules between them. */
const Card = z.strictObject({
  $schema: z.string().optional(),
  name: Name.describe('Name of the model.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0')
    .describe('Version of the model; a change of weights or card is a new one.'),
  answers: z.array(Question).min(1).describe('The questions that it answers, in one run.'),
  summary: z.string().min(1).describe('What it does, in a sentence.'),
  licence: Licence,
  data: z.array(DataSet).describe('What it was trained on.'),
  input: Input,
  outputs: z.array(ModelOutput).min(1),
  headline: z
    .record(z.string(), z.number())
    .default({})
    .describe('The main figures of the model by name, as shown by `models list`.'),
  metrics: Metrics.default({}),
  golden: z.array(Golden).default([]),
});

/** The card of a model: what the pipeline needs to run it, and what people need to judge it. */
export const ModelCard = Card.superRefine((card, context) => {
  for (const problem of contradictions(card)) context.addIssue({ code: 'custom', ...problem });
});
export type ModelCard = z.infer<typeof ModelCard>;

/** A model in the API and on the command line: its card without inputs and outputs. */
export const ModelView = Card.pick({
  name: true,
  version: true,
  answers: true,
  summary: true,
  licence: true,
  data: true,
  headline: true,
}).extend({
  usedFor: z
    .array(Question)
    .describe('The questions that it is used for; those of its `answers` that are missing here another model answers.'),
  metrics: z.record(z.string(), z.unknown()).describe('Everything that was measured, by data split and metric.'),
});
export type ModelView = z.infer<typeof ModelView>;

/** The public part of a card. */
export function viewOfModel(card: ModelCard, usedFor: readonly Question[]): ModelView {
  const { name, version, answers, summary, licence, data, headline, metrics } = card;
  return { name, version, answers, usedFor: [...usedFor], summary, licence, data, headline, metrics };
}

type Problem = { readonly path: (string | number)[]; readonly message: string };

function contradictions({ answers, input, outputs }: Pick<ModelCard, 'answers' | 'input' | 'outputs'>): Problem[] {
  const channels = input.colorOrder === 'GRAY' ? 1 : 3;
  return [
    ...(new Set(answers).size < answers.length ? [{ path: ['answers'], message: 'a question is named twice' }] : []),
    ...(['mean', 'std'] as const)
      .filter((name) => input[name].length !== channels)
      .map((name) => ({
        path: ['input', name],
        message: `expected ${channels} numbers for ${input.colorOrder}, got ${input[name].length}`,
      })),
    ...outputs.flatMap((output, index) =>
      [...outputContradictions(output, answers), ...tileProblems(output, input)].map((message) => ({
        path: ['outputs', index],
        message,
      })),
    ),
    ...answers
      .map((question) => unanswered(outputs, question))
      .filter((message) => message !== undefined)
      .map((message) => ({ path: ['outputs'], message })),
  ];
}

function tileProblems({ as }: ModelOutput, { size }: ModelInput): string[] {
  const needsWhole = as === 'map' || as === 'boxes';
  return size.mode === 'tiles' && needsWhole ? [`an output as ${as} needs the whole photo, not tiles`] : [];
}
