import { z } from 'zod';
import { FINDING_KINDS, Ratio, SEVERITIES, SUBJECTS, VEHICLE_PARTS } from '../photos/photo-assessment.ts';

/** The questions. Each is answered by exactly one model. */
export const QUESTIONS = ['subject', 'surface', 'vehicle'] as const;
export const Question = z.enum(QUESTIONS);
export type Question = z.infer<typeof Question>;

export const VEHICLE_SEVERITIES = ['undamaged', ...SEVERITIES] as const;

/** Our words, by question. A model with other labels maps them to ours in its card's `vocabulary`. */
const VOCABULARY = {
  subject: SUBJECTS,
  surface: FINDING_KINDS,
  vehicle: [...VEHICLE_SEVERITIES, ...VEHICLE_PARTS],
} as const satisfies Record<Question, readonly string[]>;

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected 1-40 lowercase letters, digits or hyphens');
const Side = z.int().min(16).max(1280);
const Labels = z.array(z.string().min(1)).min(1).max(1000);

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

const labelled = {
  name: z.string().min(1).describe('The name of the output in the ONNX graph.'),
  labels: Labels.describe("The model's own labels, in the order of the output's numbers."),
  vocabulary: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('Maps a label of the model to our word; null ignores it.'),
  temperature: z.number().positive().default(1).describe('Calibration: logits are divided by it.'),
  thresholds: z
    .record(z.string(), Ratio)
    .default({})
    .describe('Threshold by our word; below it the word is not reported.'),
  experimental: z.array(z.string()).default([]).describe('Our words that are shown without an effect on the rating.'),
  minConfidenceRatio: Ratio.default(0.5).describe('Threshold of words that have none of their own.'),
};

const Output = z.discriminatedUnion('as', [
  z
    .strictObject({ as: z.literal('classification'), ...labelled })
    .describe('Logits [1, n], softmax: one word applies.'),
  z
    .strictObject({ as: z.literal('multiLabel'), ...labelled })
    .describe('Logits [1, n], sigmoid: several words may apply.'),
  z
    .strictObject({
      as: z.literal('map'),
      ...labelled,
      stridePx: z.int().min(1).max(64),
      pooling: z.strictObject({ topRatio: Ratio.positive() }).optional(),
    })
    .describe('Logits [1, n, h, w], sigmoid by cell. The photo has the mean of its top cells as confidence.'),
  z
    .strictObject({ as: z.literal('boxes'), ...labelled })
    .describe('[1, k, 4 + n]: x, y, width, height, then scores, all 0..1.'),
  z
    .strictObject({ as: z.literal('distance'), name: labelled.name, maximum: z.number() })
    .describe(
      '[1, 1]: above the maximum the model abstains, because the photo is out-of-distribution or the answer too uncertain.',
    ),
]);
export type ModelOutput = z.infer<typeof Output>;
export type LabelledOutput = Exclude<ModelOutput, { as: 'distance' }>;

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
  answers: Question.describe('The question that it answers.'),
  summary: z.string().min(1).describe('What it does, in a sentence.'),
  licence: Licence,
  data: z.array(DataSet).describe('What it was trained on.'),
  input: Input,
  outputs: z.array(Output).min(1),
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
  metrics: z.record(z.string(), z.unknown()).describe('Everything that was measured, by data split and metric.'),
});
export type ModelView = z.infer<typeof ModelView>;

/** The public part of a card. */
export function viewOfModel(card: ModelCard): ModelView {
  const { name, version, answers, summary, licence, data, headline, metrics } = card;
  return { name, version, answers, summary, licence, data, headline, metrics };
}

/** The kinds of output that answer a question; at least one is required. */
const ANSWERED_BY: Record<Question, readonly ModelOutput['as'][]> = {
  subject: ['classification'],
  surface: ['map', 'boxes', 'multiLabel', 'classification'],
  vehicle: ['classification'],
};

type Problem = { readonly path: (string | number)[]; readonly message: string };

function contradictions({ answers, input, outputs }: Pick<ModelCard, 'answers' | 'input' | 'outputs'>): Problem[] {
  const channels = input.colorOrder === 'GRAY' ? 1 : 3;
  const problems: Problem[] = (['mean', 'std'] as const)
    .filter((name) => input[name].length !== channels)
    .map((name) => ({
      path: ['input', name],
      message: `expected ${channels} numbers for ${input.colorOrder}, got ${input[name].length}`,
    }));
  if (!outputs.some(({ as }) => ANSWERED_BY[answers].includes(as))) {
    problems.push({
      path: ['outputs'],
      message: `expected an output as ${ANSWERED_BY[answers].join(' or ')} to answer "${answers}"`,
    });
  }
  for (const [index, output] of outputs.entries()) {
    if (output.as === 'distance') continue;
    for (const message of wordProblems(output, VOCABULARY[answers]))
      problems.push({ path: ['outputs', index], message });
    if (input.size.mode === 'tiles' && (output.as === 'map' || output.as === 'boxes')) {
      problems.push({
        path: ['outputs', index],
        message: `an output as ${output.as} needs the whole photo, not tiles`,
      });
    }
  }
  return problems;
}

/** Our word for a label of the model; null when the card ignores it. */
export function ourWord({ vocabulary }: LabelledOutput, own: string): string | null {
  const translated = vocabulary?.[own];
  return translated === undefined ? own : translated;
}

function wordProblems(output: LabelledOutput, ours: readonly string[]): string[] {
  const unknown = output.labels.filter((own) => !ours.includes(ourWord(output, own) ?? ours[0] ?? ''));
  const strangers = Object.keys(output.vocabulary ?? {}).filter((own) => !output.labels.includes(own));
  const misplaced = [...Object.keys(output.thresholds), ...output.experimental].filter((word) => !ours.includes(word));
  return [
    ...unknown.map(
      (own) =>
        `label "${own}" is none of ours (${ours.join(', ')}); translate it in "vocabulary", to null to ignore it`,
    ),
    ...strangers.map((own) => `"vocabulary" translates "${own}", which is no label of this output`),
    ...misplaced.map((word) => `"${word}" in "thresholds" or "experimental" is none of our words (${ours.join(', ')})`),
  ];
}
