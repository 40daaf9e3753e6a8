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
    ['leaves one that is just large enough', TILES, { widthPx: 224, heightPx: 300 }, undefined],
    ['enlarges one that is not', TILES, { widthPx: 200, heightPx: 112 }, { widthPx: 400, heightPx: 224, fit: 'fill' }],
    ['enlarges an upright one', TILES, { widthPx: 112, heightPx: 199 }, { widthPx: 224, heightPx: 398, fit: 'fill' }],
    ['rounds to the next pixel', TILES, { widthPx: 223, heightPx: 330 }, { widthPx: 224, heightPx: 331, fit: 'fill' }],
    [
      'rounds sides to the next multiple, up or down',
      { mode: 'shortSide', px: 100, maxLongSidePx: 1000, multipleOf: 32 },
      { widthPx: 150, heightPx: 100 },
      { widthPx: 160, heightPx: 96, fit: 'fill' },
    ],
    [
      'takes one multiple at least',
      { mode: 'shortSide', px: 100, maxLongSidePx: 100, multipleOf: 32 },
      { widthPx: 1000, heightPx: 50 },
      { widthPx: 96, heightPx: 32, fit: 'fill' },
    ],
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

  it('cuts the centre alone when the card has one tile', () => {
    expect(inputWindows({ ...TILES, count: 1 }, PHOTO)).toEqual([{ left: 528, top: 368, widthPx: 224, heightPx: 224 }]);
  });

  it('is the resized photo itself where no tiles are cut', () => {
    expect(inputWindows({ mode: 'stretch', widthPx: 64, heightPx: 32 }, { widthPx: 64, heightPx: 32 })).toEqual([
      { left: 0, top: 0, widthPx: 64, heightPx: 32 },
    ]);
  });

  it('keeps tiles within a picture that is hardly larger', () => {
    const windows = inputWindows(TILES, { widthPx: 230, heightPx: 224 });

    expect(windows.every(({ left, top }) => left >= 0 && left <= 6 && top === 0)).toBe(true);
  });
});

describe('inputRegion', () => {
  it.each([
    ['stretch', { mode: 'stretch', widthPx: 64, heightPx: 32 }],
    ['shortSide', { mode: 'shortSide', px: 64, maxLongSidePx: 96, multipleOf: 8 }],
    ['tiles', TILES],
  ] as const)('is the whole photo for %s', (_, size) => {
    expect(inputRegion(size, PHOTO)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });

  it('loses top and bottom of an upright photo', () => {
    const region = inputRegion({ mode: 'cover', widthPx: 200, heightPx: 100 }, { widthPx: 600, heightPx: 1200 });

    expect(region).toEqual({ x: 0, y: expect.closeTo(0.375, 10), width: 1, height: expect.closeTo(0.25, 10) });
  });

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

  it.each([
    ['NCHW', 'RGB', (x: number, y: number, colour: number) => [colour, y, x]],
    ['NHWC', 'BGR', (x: number, y: number, colour: number) => [y, x, 2 - colour]],
  ] as const)('takes the pixels of the window: %s, %s', (layout, colorOrder, placeOf) => {
    const [width, height, window] = [5, 4, { left: 2, top: 1, widthPx: 3, heightPx: 2 }];
    const whole = {
      data: Uint8Array.from({ length: 60 }, (_, at) => at),
      widthPx: width,
      heightPx: height,
      channels: 3,
    };
    const card = tinyCard('subject', { outputs: [{ name: 'out', as: 'classification', labels: ['kitchen'] }] });
    const { input } = ModelCard.parse({ ...card, input: { ...card.input, layout, colorOrder } });
    const { data, shape } = toTensor(input, { ...whole, channels: 3 }, window);

    const [, , rows, columns] = shape;
    for (const [x, y, colour] of [
      [0, 0, 0],
      [2, 0, 1],
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 1],
    ] as const) {
      const [first = 0, second = 0, third = 0] = placeOf(x, y, colour);
      const at = (first * rows + second) * columns + third;
      const pixel = ((window.top + y) * width + window.left + x) * 3 + colour;
      expect((data[at] ?? 0) * 255).toBeCloseTo(pixel, 4);
    }
  });

  it('weighs the colours of a grey input by ITU-R BT.601', () => {
    const colours = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [100, 150, 200],
    ].map((colour) => {
      const card = tinyCard('subject', { outputs: [{ name: 'out', as: 'classification', labels: ['kitchen'] }] });
      const { input } = ModelCard.parse({ ...card, input: { ...card.input, colorOrder: 'GRAY', mean: [0], std: [1] } });
      const dot = { data: Uint8Array.from(colour), widthPx: 1, heightPx: 1, channels: 3 } as const;
      return Math.round((toTensor(input, dot, { left: 0, top: 0, widthPx: 1, heightPx: 1 }).data[0] ?? 0) * 255);
    });

    expect(colours).toEqual([76, 149, 28, 140]);
  });
});
