import { describe, expect, it } from 'vitest';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import { inputRegion, inputWindows, planResize, toTensor } from '../../../functions/condition/model-input.ts';
import { type CardInput, tinyCard } from './tiny-models.ts';

const PHOTO = { widthPx: 1280, heightPx: 960 };
const TILES = { mode: 'tiles', px: 224, count: 5 } as const;

describe('planResize', () => {
  it.each([
    ['stretches', { mode: 'stretch', widthPx: 128, heightPx: 96 }, PHOTO, { widthPx: 128, heightPx: 96, fit: 'fill' }],
    ['covers', { mode: 'cover', widthPx: 224, heightPx: 224 }, PHOTO, { widthPx: 224, heightPx: 224, fit: 'cover' }],
    [
      'takes the short side to its length',
      { mode: 'shortSide', px: 256, maxLongSidePx: 384, multipleOf: 16 },
      PHOTO,
      { widthPx: 336, heightPx: 256, fit: 'fill' },
    ],
    [
      'bounds the long side of a panorama',
      { mode: 'shortSide', px: 256, maxLongSidePx: 384, multipleOf: 16 },
      { widthPx: 1280, heightPx: 320 },
      { widthPx: 384, heightPx: 96, fit: 'fill' },
    ],
    ['leaves a photo that is large enough for tiles', TILES, PHOTO, undefined],
    ['enlarges one that is not', TILES, { widthPx: 200, heightPx: 112 }, { widthPx: 400, heightPx: 224, fit: 'fill' }],
  ] as const)('%s', (_, size, photo, plan) => {
    expect(planResize(size, photo)).toEqual(plan);
  });
});

describe('inputWindows', () => {
  it('cuts the centre and the middles of the quarters', () => {
    expect(inputWindows(TILES, PHOTO).map(({ left, top }) => [left, top])).toEqual([
      [528, 368],
      [208, 128],
      [848, 128],
      [208, 608],
      [848, 608],
    ]);
  });

  it('keeps tiles within a picture that is hardly larger', () => {
    const windows = inputWindows(TILES, { widthPx: 230, heightPx: 224 });

    expect(windows.every(({ left, top }) => left >= 0 && left <= 6 && top === 0)).toBe(true);
  });
});

describe('inputRegion', () => {
  it('is what a cover crop leaves of the photo', () => {
    expect(inputRegion({ mode: 'cover', widthPx: 224, heightPx: 224 }, PHOTO)).toEqual({
      x: 0.125,
      y: 0,
      width: 0.75,
      height: 1,
    });
  });
});

describe('toTensor', () => {
  const picture = { data: Uint8Array.of(255, 0, 0, 0, 255, 51), widthPx: 2, heightPx: 1, channels: 3 } as const;
  const tensor = (input: Partial<CardInput['input']>) => {
    const card = tinyCard('subject', { outputs: [{ name: 'out', as: 'classification', labels: ['kitchen'] }] });
    const parsed = ModelCard.parse({ ...card, input: { ...card.input, ...input } });
    const { data, shape } = toTensor(parsed.input, picture, { left: 0, top: 0, widthPx: 2, heightPx: 1 });
    return { values: Array.from(data, (value) => Math.round(value * 100) / 100), shape };
  };

  const layouts: [string, Partial<CardInput['input']>, number[], number[]][] = [
    ['planes', { layout: 'NCHW' }, [1, 0, 0, 1, 0, 0.2], [1, 3, 1, 2]],
    ['pixels', { layout: 'NHWC' }, [1, 0, 0, 0, 1, 0.2], [1, 1, 2, 3]],
    ['blue first', { colorOrder: 'BGR' }, [0, 0.2, 0, 1, 1, 0], [1, 3, 1, 2]],
    ['scaled', { mean: [0.5, 0, 0], std: [0.5, 1, 0.5] }, [1, -1, 0, 1, 0, 0.4], [1, 3, 1, 2]],
    ['grey', { colorOrder: 'GRAY', mean: [0], std: [1] }, [0.3, 0.61], [1, 1, 1, 2]],
  ];

  it.each(layouts)('lays out the numbers as the card says: %s', (_, input, values, shape) => {
    expect(tensor(input)).toEqual({ values, shape });
  });
});
