import { z } from 'zod';
import { FINDING_KINDS, Ratio, SEVERITIES, SUBJECTS, VEHICLE_PARTS } from '../photos/photo-assessment.ts';

/** The questions. Each is answered by exactly one model; a model may answer several. */
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

const named = {
  name: z.string().min(1).describe('The name of the output in the ONNX graph.'),
  question: Question.optional().describe(
    'The question that the output belongs to; may be left out when the card answers only one.',
  ),
};

const labelled = {
  ...named,
  labels: z
    .array(z.string().min(1))
    .min(1)
    .max(1000)
    .describe("The model's own labels, in the order of the output's numbers."),
  vocabulary: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('Maps a label of the model to our word; null ignores it.'),
  thresholds: z
    .record(z.string(), Ratio)
    .default({})
    .describe('Threshold by our word; below it the word is not reported.'),
  experimental: z.array(z.string()).default([]).describe('Our words that are shown without an effect on the rating.'),
  minConfidenceRatio: Ratio.default(0.5).describe('Threshold of words that have none of their own.'),
};

const ofLogits = {
  ...labelled,
  temperature: z
    .number()
    .min(1, 'a temperature below 1 makes every answer more confident, which is no calibration; expected 1 or more')
    .default(1)
    .describe('Calibration: logits are divided by it. 1 or more: it may make answers less confident, never more.'),
};

const Calibration = z.strictObject({ scale: z.number().positive(), bias: z.number() });
export type Calibration = z.infer<typeof Calibration>;

const sigmoid = {
  ...ofLogits,
  calibration: z
    .record(z.string(), Calibration)
    .default({})
    .describe('Platt scaling by our word, in place of the temperature: sigmoid(scale x logit + bias).'),
};

export const ModelOutput = z.discriminatedUnion('as', [
  z
    .strictObject({ as: z.literal('classification'), ...ofLogits })
    .describe('Logits [1, n], softmax: one word applies.'),
  z
    .strictObject({ as: z.literal('multiLabel'), ...sigmoid })
    .describe('Logits [1, n], sigmoid: several words may apply.'),
  z
    .strictObject({
      as: z.literal('map'),
      ...sigmoid,
      stridePx: z.int().min(1).max(64),
      pooling: z.strictObject({ topRatio: Ratio.positive() }).optional(),
    })
    .describe('Logits [1, n, h, w], sigmoid by cell. The photo has the mean of its top cells as confidence.'),
  z
    .strictObject({ as: z.literal('boxes'), ...labelled })
    .describe('[1, k, 4 + n]: x, y, width, height, then scores, all 0..1.'),
  z
    .strictObject({
      as: z.literal('distance'),
      ...named,
      question: Question.optional().describe('The question that it belongs to; without one it belongs to all.'),
      maximum: z.number(),
    })
    .describe(
      '[1, 1]: above the maximum the model abstains, because the photo is out-of-distribution or the answer too uncertain.',
    ),
]);
export type ModelOutput = z.infer<typeof ModelOutput>;
export type LabelledOutput = Exclude<ModelOutput, { as: 'distance' }>;
export type SigmoidOutput = Extract<ModelOutput, { as: 'multiLabel' | 'map' }>;

/** The outputs that belong to a question: those that name it, or name none. */
export const outputsOf = (outputs: readonly ModelOutput[], asked: Question): ModelOutput[] =>
  outputs.filter(({ question }) => question === undefined || question === asked);

/** Our word for a label of the model; null when the card ignores it. */
export function ourWord({ vocabulary }: LabelledOutput, own: string): string | null {
  const translated = vocabulary?.[own];
  return translated === undefined ? own : translated;
}

/** The kinds of output that answer a question; at least one is required. */
const ANSWERED_BY: Record<Question, readonly ModelOutput['as'][]> = {
  subject: ['classification'],
  surface: ['map', 'boxes', 'multiLabel', 'classification'],
  vehicle: ['classification'],
};

/** Why these outputs do not answer a question, in one sentence; undefined when they do. */
export function unanswered(outputs: readonly ModelOutput[], question: Question): string | undefined {
  if (outputsOf(outputs, question).some(({ as }) => ANSWERED_BY[question].includes(as))) return undefined;
  return `expected an output as ${ANSWERED_BY[question].join(' or ')} to answer "${question}"`;
}

/** What is wrong with an output of a card that answers these questions, each in one sentence. */
export function outputContradictions(output: ModelOutput, answers: readonly Question[]): string[] {
  const { question } = output;
  if (question !== undefined && !answers.includes(question)) {
    return [`it belongs to "${question}", which the card does not answer (${answers.join(', ')})`];
  }
  if (output.as === 'distance') return [];
  const [only, second] = answers;
  const asked = question ?? (second === undefined ? only : undefined);
  if (asked) return wordProblems(output, VOCABULARY[asked]);
  return [`expected "question", one of ${answers.join(', ')}, because the card answers several`];
}

function wordProblems(output: LabelledOutput, ours: readonly string[]): string[] {
  const unknown = output.labels.filter((own) => !ours.includes(ourWord(output, own) ?? ours[0] ?? ''));
  const strangers = Object.keys(output.vocabulary ?? {}).filter((own) => !output.labels.includes(own));
  const calibrated = 'calibration' in output ? Object.keys(output.calibration) : [];
  const misplaced = [...Object.keys(output.thresholds), ...output.experimental, ...calibrated].filter(
    (word) => !ours.includes(word),
  );
  return [
    ...unknown.map(
      (own) =>
        `label "${own}" is none of ours (${ours.join(', ')}); translate it in "vocabulary", to null to ignore it`,
    ),
    ...strangers.map((own) => `"vocabulary" translates "${own}", which is no label of this output`),
    ...misplaced.map(
      (word) => `"${word}" in "thresholds", "experimental" or "calibration" is none of our words (${ours.join(', ')})`,
    ),
  ];
}
