import { describe, expect, it } from 'vitest';
import { meanOfHighest, readAnswer } from '../../../functions/condition/model-answer.ts';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import type { Question } from '../../../functions/condition/model-outputs.ts';
import { type CardInput, tinyCard } from './tiny-models.ts';

const read = (
  question: Question,
  outputs: CardInput['outputs'],
  numbers: Record<string, { data: number[]; shape: number[] }>,
) =>
  readAnswer(
    ModelCard.parse(tinyCard(question, { outputs })),
    question,
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

  describe('with Platt scaling', () => {
    const calibration = { crack: { scale: 0.5, bias: -1 } };
    const crack = (logit: number): number => Math.round(1000 / (1 + Math.exp(1 - 0.5 * logit))) / 1000;

    it('scales the labels of a word, and leaves those without to the temperature', () => {
      const output = { name: 'out', as: 'multiLabel' as const, labels: ['crack', 'hole'], temperature: 2, calibration };
      const { labels } = read('surface', [output], { out: { data: [4, 4], shape: [1, 2] } });

      expect(words(labels)).toEqual([
        ['crack', crack(4)],
        ['hole', 0.881],
      ]);
    });

    it('goes by our word, whatever the model calls it', () => {
      const vocabulary = { Riss: 'crack', Haarriss: 'crack', Himmel: null };
      const labels = Object.keys(vocabulary);
      const output = { name: 'out', as: 'multiLabel' as const, labels, vocabulary, calibration };

      expect(words(read('surface', [output], { out: { data: [0, 3, 9], shape: [1, 3] } }).labels)).toEqual([
        ['crack', crack(3)],
      ]);
    });

    it('scales every cell of a map', () => {
      const output = { name: 'out', as: 'map' as const, labels: ['crack'], stridePx: 8, calibration };
      const { maps } = read('surface', [output], { out: { data: [-2, 0, 2, 6], shape: [1, 1, 2, 2] } });

      expect([...(maps[0]?.cells ?? [])].map((cell) => Math.round(cell * 1000) / 1000)).toEqual(
        [-2, 0, 2, 6].map(crack),
      );
    });
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

  it('gives the classes from likely to unlikely, each with its threshold and whether it is experimental', () => {
    const output = {
      name: 'out',
      as: 'classification' as const,
      labels: ['kitchen', 'bathroom', 'roof'],
      thresholds: { roof: 0.7, bathroom: 0.1 },
      experimental: ['roof'],
      minConfidenceRatio: 0.3,
    };
    const logits = [0.1, 0.2, 0.7].map(Math.log);
    const { classes } = read('subject', [output], { out: { data: logits, shape: [1, 3] } });

    expect(classes).toEqual([
      [
        { word: 'roof', thresholdRatio: 0.7, experimental: true },
        { word: 'bathroom', thresholdRatio: 0.1, experimental: false },
        { word: 'kitchen', thresholdRatio: 0.3, experimental: false },
      ].map((each, index) => {
        const confidenceRatio = [0.7, 0.2, 0.1][index] ?? 0;
        return expect.objectContaining({ ...each, confidenceRatio: expect.closeTo(confidenceRatio, 6) });
      }),
    ]);
    expect(classes[0]?.slice(1).map(({ reachesThreshold }) => reachesThreshold)).toEqual([true, false]);
  });

  it('takes a word exactly at its threshold for said', () => {
    const output = { name: 'out', as: 'multiLabel' as const, labels: ['crack'], thresholds: { crack: 0.5 } };

    expect(read('surface', [output], { out: { data: [0], shape: [1, 1] } }).labels[0]?.reachesThreshold).toBe(true);
  });

  it('takes the likeliest of labels that mean the same word, cooled by the temperature', () => {
    const vocabulary = { Riss: 'crack', Haarriss: 'crack', Loch: 'hole', Himmel: null };
    const labels = Object.keys(vocabulary);
    const output = { name: 'out', as: 'multiLabel' as const, labels, vocabulary, temperature: 2 };
    const { labels: found } = read('surface', [output], { out: { data: [-2, 2, 0, 9], shape: [1, 4] } });

    expect(words(found)).toEqual([
      ['crack', 0.731],
      ['hole', 0.5],
    ]);
  });

  it('takes, cell by cell, the likeliest of maps that mean the same word', () => {
    const vocabulary = { Riss: 'crack', Himmel: null, Haarriss: 'crack' };
    const labels = Object.keys(vocabulary);
    const output = { name: 'out', as: 'map' as const, labels, vocabulary, stridePx: 8, temperature: 2 };
    const data = [1, 0, -1, 2, 3, 3, 9, 9, 9, 9, 9, 9, 0, 1, -1, 1, -2, -3];
    const { maps } = read('surface', [output], { out: { data: data, shape: [1, 3, 3, 2] } });

    const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit / 2));
    expect(maps).toHaveLength(1);
    expect([maps[0]?.rows, maps[0]?.columns, maps[0]?.pooledCells]).toEqual([3, 2, 1]);
    const highest = [1, 1, -1, 2, 3, 3].map((logit) => expect.closeTo(sigmoid(logit), 5));
    expect([...(maps[0]?.cells ?? [])]).toEqual(highest);
    expect(maps[0]?.confidenceRatio).toBeCloseTo(sigmoid(3), 5);
  });

  it('keeps boxes within the photo', () => {
    const output = { name: 'out', as: 'boxes' as const, labels: ['crack'] };
    const rows = [-0.5, 0.75, 1, 0.5, 1.5];
    const { boxes } = read('surface', [output], { out: { data: rows, shape: [1, 1, 5] } });

    expect(boxes).toMatchObject([{ confidenceRatio: 1, box: { x: 0, y: 0.75, width: 0.5, height: 0.25 } }]);
  });

  it('has no boxes where there are none, and none without a word of ours', () => {
    const output = { name: 'out', as: 'boxes' as const, labels: ['sky'], vocabulary: { sky: null } };

    expect(read('surface', [output], { out: { data: [], shape: [1, 0, 5] } }).boxes).toEqual([]);
    expect(read('surface', [output], { out: { data: [0, 0, 1, 1, 1], shape: [1, 1, 5] } }).boxes).toEqual([]);
  });

  it('does not abstain at the largest distance itself', () => {
    const outputs = [
      { name: 'out', as: 'classification' as const, labels: ['kitchen'] },
      { name: 'far', as: 'distance' as const, maximum: 3 },
    ];

    const raw = { out: { data: [1], shape: [1, 1] }, far: { data: [3], shape: [1, 1] } };
    expect(read('subject', outputs, raw).abstains).toBe(false);
  });
});

describe('meanOfHighest', () => {
  it.each([
    [[0.1, 0.9, 0.5, 0.7], 2, 0.8],
    [[0.1, 0.9], 5, 0.5],
    [[], 3, 0],
  ])('of %j the highest %d: %d', (values, count, mean) => {
    expect(meanOfHighest(Float32Array.from(values), count)).toBeCloseTo(mean, 6);
  });
});
