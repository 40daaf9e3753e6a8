import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../functions/condition/model-answer.ts';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import { type CardInput, tinyCard } from './tiny-models.ts';

const read = (
  answers: CardInput['answers'],
  outputs: CardInput['outputs'],
  numbers: Record<string, { data: number[]; shape: number[] }>,
) =>
  readAnswer(
    ModelCard.parse(tinyCard(answers, { outputs })),
    Object.fromEntries(
      Object.entries(numbers).map(([name, { data, shape }]) => [name, { data: Float32Array.from(data), shape }]),
    ),
  );

const words = (list: readonly { word: string; confidenceRatio: number }[] | undefined) =>
  list?.map(({ word, confidenceRatio }) => [word, Math.round(confidenceRatio * 1000) / 1000]);

describe('readAnswer', () => {
  it('turns logits of classes into probabilities, cooled by the temperature', () => {
    const output = { name: 'out', as: 'classification' as const, labels: ['kitchen', 'bathroom'], temperature: 2 };
    const { classes } = read('subject', [output], { out: { data: [0, 4], shape: [1, 2] } });

    expect(words(classes[0])).toEqual([
      ['bathroom', 0.881],
      ['kitchen', 0.119],
    ]);
  });

  it('translates labels, adds classes that mean the same, and leaves out those that mean nothing to us', () => {
    const vocabulary = { Kueche: 'kitchen', Kochnische: 'kitchen', Flur: null };
    const output = { name: 'out', as: 'classification' as const, labels: ['Kueche', 'Kochnische', 'Flur'], vocabulary };
    const { classes } = read('subject', [output], { out: { data: [0, 0, Math.log(2)], shape: [1, 3] } });

    expect(words(classes[0])).toEqual([['kitchen', 0.5]]);
  });

  it('takes each label of several by itself, against its own threshold', () => {
    const output = { name: 'part', as: 'multiLabel' as const, labels: ['door', 'light'], thresholds: { light: 0.9 } };
    const severity = { name: 'severity', as: 'classification' as const, labels: ['severe'] };
    const { labels } = read('vehicle', [severity, output], {
      severity: { data: [1], shape: [1, 1] },
      part: { data: [1, 2], shape: [1, 2] },
    });

    expect(labels.map(({ word, reachesThreshold }) => [word, reachesThreshold])).toEqual([
      ['door', true],
      ['light', false],
    ]);
  });

  it('says of a photo what the mean of the top cells of its map says', () => {
    const output = { name: 'damage', as: 'map' as const, labels: ['crack'], stridePx: 16, pooling: { topRatio: 0.5 } };
    const { maps } = read('surface', [output], { damage: { data: [20, 0, -20, -20], shape: [1, 1, 2, 2] } });

    expect(maps[0]).toMatchObject({
      word: 'crack',
      columns: 2,
      rows: 2,
      pooledCells: 2,
      confidenceRatio: expect.closeTo(0.75, 5),
    });
  });

  it('keeps the best word of each box above its threshold', () => {
    const output = { name: 'found', as: 'boxes' as const, labels: ['crack', 'hole'], thresholds: { hole: 0.5 } };
    const rows = [
      [0.1, 0.2, 0.3, 0.4, 0.1, 0.9],
      [0, 0, 1, 1, 0.2, 0.4],
    ];
    const { boxes } = read('surface', [output], { found: { data: rows.flat(), shape: [1, 2, 6] } });

    expect(boxes).toEqual([
      expect.objectContaining({
        word: 'hole',
        box: {
          x: expect.closeTo(0.1),
          y: expect.closeTo(0.2),
          width: expect.closeTo(0.3),
          height: expect.closeTo(0.4),
        },
      }),
    ]);
  });

  it('abstains beyond the largest distance', () => {
    const outputs = [
      { name: 'out', as: 'classification' as const, labels: ['kitchen'] },
      { name: 'far', as: 'distance' as const, maximum: 3 },
    ];
    const at = (distance: number) =>
      read('subject', outputs, { out: { data: [1], shape: [1, 1] }, far: { data: [distance], shape: [1, 1] } })
        .abstains;

    expect([at(2.9), at(3.1)]).toEqual([false, true]);
  });
});
