import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ModelCard, ModelView, viewOfModel } from '../../../functions/condition/model-card.ts';
import { modelCardSchema } from '../../../functions/condition/model-card-schema.ts';
import { tinyCard } from './tiny-models.ts';

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
      /^outputs\.0: "crack" in "thresholds" or "experimental" is none of our words/,
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
  const view = viewOfModel(ModelCard.parse(tinyCard('subject', { outputs: [rooms] })));

  it('shows what people need to trust a model', () => {
    expect(ModelView.safeParse(view).error).toBeUndefined();
  });

  it('omits inputs and outputs of the graph', () => {
    expect(['input', 'outputs', 'golden'].filter((property) => property in view)).toEqual([]);
  });
});
