import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halve, type Raster, reduceGrey, toGrey } from '../../../functions/photos/raster.ts';

const raster = (channels: 1 | 3, widthPx: number, heightPx: number, values: readonly number[]): Raster => ({
  data: Uint8Array.from(values),
  widthPx,
  heightPx,
  channels,
});
const greyOf = (widthPx: number, heightPx: number, values: readonly number[]) =>
  toGrey(raster(1, widthPx, heightPx, values));

/** Any picture of a few pixels. */
const anyPicture = (channels: 1 | 3) =>
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) =>
      fc
        .array(fc.nat(255), { minLength: width * height * channels, maxLength: width * height * channels })
        .map((values) => raster(channels, width, height, values)),
    );

describe('toGrey', () => {
  it('weighs red, green and blue by ITU-R BT.601', () => {
    const grey = toGrey(raster(3, 3, 2, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 100, 150, 200]));

    expect(grey).toMatchObject({ widthPx: 3, heightPx: 2, channels: 1 });
    expect([...grey.data]).toEqual([76, 149, 28, 255, 0, 140]);
  });

  it('is within one of the exact luma', () => {
    fc.assert(
      fc.property(anyPicture(3), (picture) => {
        const { data } = toGrey(picture);
        const exact = Array.from(data, (_, at) => {
          const [red = 0, green = 0, blue = 0] = picture.data.subarray(at * 3);
          return 0.299 * red + 0.587 * green + 0.114 * blue;
        });
        expect(data.every((value, at) => Math.abs(value - (exact[at] ?? -9)) < 1.5)).toBe(true);
        expect(data).toHaveLength(picture.widthPx * picture.heightPx);
      }),
    );
  });

  it('leaves a grey picture as it is', () => {
    expect([...greyOf(2, 1, [7, 9]).data]).toEqual([7, 9]);
  });
});

describe('halve', () => {
  it('takes the rounded mean of four pixels of each colour, without a last odd row or column', () => {
    fc.assert(
      fc.property(anyPicture(3), ({ data, ...picture }) => {
        const half = halve({ data, ...picture });
        const [width, height] = [Math.floor(picture.widthPx / 2), Math.floor(picture.heightPx / 2)];
        const at = (x: number, y: number, colour: number): number => data[(y * picture.widthPx + x) * 3 + colour] ?? 0;
        const expected = Array.from({ length: width * height * 3 }, (_, index) => {
          const [x, y, colour] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width), index % 3];
          const [left, top] = [2 * x, 2 * y];
          const sum = at(left, top, colour) + at(left + 1, top, colour) + at(left, top + 1, colour);
          return Math.round((sum + at(left + 1, top + 1, colour)) / 4);
        });
        expect({ ...half, data: [...half.data] }).toEqual({
          data: expected,
          widthPx: width,
          heightPx: height,
          channels: 3,
        });
      }),
    );
  });
});

describe('reduceGrey', () => {
  it('averages the area under each new pixel', () => {
    expect([...reduceGrey(greyOf(4, 2, [0, 10, 20, 30, 40, 50, 60, 70]), 2, 1)]).toEqual([25, 45]);
  });

  it('counts pixels that lie under two by their share', () => {
    // Of three pixels, two new ones take one and a half each.
    expect([...reduceGrey(greyOf(3, 1, [0, 30, 90]), 2, 1)]).toEqual([10, 70]);
    expect([...reduceGrey(greyOf(1, 3, [0, 30, 90]), 1, 2)]).toEqual([10, 70]);
  });

  it('enlarges by repeating', () => {
    expect([...reduceGrey(greyOf(2, 1, [10, 20]), 4, 1)]).toEqual([10, 10, 20, 20]);
  });

  it('keeps the mean of the picture, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(anyPicture(1), side, side, (picture, width, height) => {
        const mean = (values: Iterable<number>, count: number): number =>
          [...values].reduce((sum, each) => sum + each, 0) / count;
        const reduced = reduceGrey(toGrey(picture), width, height);
        expect(reduced).toHaveLength(width * height);
        expect(mean(reduced, width * height)).toBeCloseTo(mean(picture.data, picture.data.length), 6);
      }),
    );
  });
});
