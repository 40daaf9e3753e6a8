import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ModelCard, ModelView, viewOfModel } from '../../../functions/condition/model-card.ts';
import { modelCardSchema } from '../../../functions/condition/model-card-schema.ts';
import { photoCard, tinyCard } from './tiny-models.ts';

const cracks = { name: 'seen', as: 'multiLabel' as const, labels: ['crack'] };
const rooms = { name: 'room', as: 'classification' as const, labels: ['kitchen', 'bathroom'] };

const problemOf = (card: object): string | undefined => {
  const [issue] = ModelCard.safeParse(card).error?.issues ?? [];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
};

describe('ModelCard', () => {
  it('fills in what a card may leave out', () => {
    expect(ModelCard.parse(tinyCard('subject', { outputs: [rooms] })).outputs[0]).toMatchObject({
      temperature: 1,
      thresholds: {},
      experimental: [],
      minConfidenceRatio: 0.5,
    });
  });

  it('takes a card of several questions, of which each output names its own', () => {
    expect(problemOf(photoCard())).toBeUndefined();
  });

  it('takes a distance without a question, and one question that is named', () => {
    const far = { name: 'far', as: 'distance' as const, maximum: 3 };

    expect(problemOf(photoCard({ outputs: [...photoCard().outputs, far] }))).toBeUndefined();
    expect(problemOf(tinyCard('subject', { outputs: [{ ...rooms, question: 'subject' }, far] }))).toBeUndefined();
  });

  it.each([
    [
      'an unknown key',
      { ...tinyCard('subject', { outputs: [rooms] }), licenze: 'MIT' },
      ': Unrecognized key: "licenze"',
    ],
    [
      'no output that answers',
      tinyCard('surface', { outputs: [{ name: 'far', as: 'distance', maximum: 3 }] }),
      'outputs: expected an output as map or boxes or multiLabel or classification to answer "surface"',
    ],
    [
      'a label of no vocabulary',
      tinyCard('subject', { outputs: [{ ...rooms, labels: ['Küche'] }] }),
      /^outputs\.0: label "Küche" is none of ours \(kitchen, .*\); translate it in "vocabulary", to null to ignore it$/,
    ],
    [
      'a translation of no label',
      tinyCard('subject', { outputs: [{ ...rooms, vocabulary: { Bad: 'bathroom' } }] }),
      'outputs.0: "vocabulary" translates "Bad", which is no label of this output',
    ],
    [
      'a threshold for no word',
      tinyCard('subject', { outputs: [{ ...rooms, thresholds: { crack: 0.5 } }] }),
      /^outputs\.0: "crack" in "thresholds", "experimental" or "calibration" is none of our words/,
    ],
    [
      'a mean of one number for three channels',
      tinyCard('subject', { outputs: [rooms], input: { ...tinyCard('subject').input, mean: [0.5] } }),
      'input.mean: expected 3 numbers for RGB, got 1',
    ],
    [
      'a map cut into tiles',
      tinyCard('surface', {
        outputs: [{ name: 'damage', as: 'map', labels: ['crack'], stridePx: 8 }],
        input: { ...tinyCard('surface').input, size: { mode: 'tiles', px: 224, count: 5 } },
      }),
      'outputs.0: an output as map needs the whole photo, not tiles',
    ],
    [
      'an output of several questions that names none',
      photoCard({ outputs: photoCard().outputs.map(({ question, ...output }) => output) }),
      'outputs.0: expected "question", one of subject, surface, vehicle, because the card answers several',
    ],
    [
      'an output of a question that it does not answer',
      tinyCard('subject', { outputs: [rooms, { ...rooms, question: 'vehicle' }] }),
      'outputs.1: it belongs to "vehicle", which the card does not answer (subject)',
    ],
    [
      'a distance of a question that it does not answer',
      tinyCard('subject', { outputs: [rooms, { name: 'far', as: 'distance', maximum: 3, question: 'surface' }] }),
      'outputs.1: it belongs to "surface", which the card does not answer (subject)',
    ],
    [
      'a word of another of its questions',
      photoCard({ outputs: [{ ...rooms, question: 'vehicle' }, ...photoCard().outputs] }),
      /^outputs\.0: label "kitchen" is none of ours \(undamaged, .*\)/,
    ],
    [
      'one of its questions without an answer',
      photoCard({ outputs: photoCard().outputs.slice(0, 3) }),
      'outputs: expected an output as classification to answer "vehicle"',
    ],
    [
      'a question twice',
      tinyCard('subject', { answers: ['subject', 'subject'], outputs: [{ ...rooms, question: 'subject' }] }),
      'answers: a question is named twice',
    ],
    [
      'a temperature that makes answers more confident',
      tinyCard('subject', { outputs: [{ ...rooms, temperature: 0.99 }] }),
      'outputs.0.temperature: a temperature below 1 makes every answer more confident, which is no calibration; expected 1 or more',
    ],
    [
      'a temperature of boxes, which have no logits',
      { ...tinyCard('surface'), outputs: [{ name: 'found', as: 'boxes', labels: ['crack'], temperature: 2 }] },
      'outputs.0: Unrecognized key: "temperature"',
    ],
    [
      'a calibration of no word',
      tinyCard('surface', { outputs: [{ ...cracks, calibration: { rust: { scale: 1, bias: 0 } } }] }),
      /^outputs\.0: "rust" in "thresholds", "experimental" or "calibration" is none of our words/,
    ],
    [
      'a calibration that turns the order of photos around',
      tinyCard('surface', { outputs: [{ ...cracks, calibration: { crack: { scale: -1, bias: 0 } } }] }),
      /^outputs\.0\.calibration\.crack\.scale: /,
    ],
    [
      'a calibration by word of classes',
      { ...tinyCard('subject'), outputs: [{ ...rooms, calibration: { kitchen: { scale: 1, bias: 0 } } }] },
      'outputs.0: Unrecognized key: "calibration"',
    ],
  ])('refuses %s', (_, card, problem) => {
    expect(problemOf(card)).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });
});

describe('modelCardSchema', () => {
  it('is what models/model-card.schema.json says; write it anew with bin/write-model-card-schema.ts', async () => {
    const written = await readFile(new URL('../../../models/model-card.schema.json', import.meta.url), 'utf8');

    expect(written).toBe(modelCardSchema());
  });
});

describe('viewOfModel', () => {
  const view = viewOfModel(ModelCard.parse(tinyCard('subject', { outputs: [rooms] })), ['subject']);

  it('shows what people need to trust a model', () => {
    expect(ModelView.safeParse(view).error).toBeUndefined();
  });

  it('says what the model answers, and for which of it it is used', () => {
    expect(viewOfModel(ModelCard.parse(photoCard()), ['surface'])).toMatchObject({
      answers: ['subject', 'surface', 'vehicle'],
      usedFor: ['surface'],
    });
  });

  it('omits inputs and outputs of the graph', () => {
    expect(['input', 'outputs', 'golden'].filter((property) => property in view)).toEqual([]);
  });
});
