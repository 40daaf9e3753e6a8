import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Canvas, fill, type Point } from '../../../functions/photos/canvas.ts';
import { roundedRectangle, strokeDashes, strokeLoop } from '../../../functions/photos/shapes.ts';

const blank = (sidePx = 20): Canvas => ({
  data: new Uint8Array(sidePx * sidePx * 3),
  widthPx: sidePx,
  heightPx: sidePx,
  channels: 3,
});
const WHITE = [255, 255, 255] as const;

/** How many pixels' worth of white there is. */
const coverageOf = ({ data }: Canvas): number => data.reduce((sum, value) => sum + value, 0) / (255 * 3);

const drawn = (polygons: readonly (readonly Point[])[], opacity = 1): Canvas => {
  const canvas = blank();
  fill(canvas, polygons, WHITE, opacity);
  return canvas;
};

const square = (left: number, top: number, side: number): Point[] => [
  [left, top],
  [left + side, top],
  [left + side, top + side],
  [left, top + side],
];

describe('fill', () => {
  it('covers whole pixels wholly and others by their share', () => {
    expect(coverageOf(drawn([square(2, 3, 5)]))).toBe(25);
    expect(coverageOf(drawn([square(2.5, 3.5, 5)]))).toBeCloseTo(25, 0);
  });

  it('covers the area of any triangle', () => {
    const corner = fc.tuple(fc.double({ min: 1, max: 19, noNaN: true }), fc.double({ min: 1, max: 19, noNaN: true }));
    fc.assert(
      fc.property(corner, corner, corner, (a, b, c) => {
        const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
        expect(Math.abs(coverageOf(drawn([[a, b, c]])) - area)).toBeLessThan(1);
      }),
    );
  });

  it('does not cover twice where polygons of one turn overlap', () => {
    expect(coverageOf(drawn([square(2, 2, 4), square(4, 2, 4)]))).toBe(24);
  });

  it('cuts a hole with a polygon that turns the other way', () => {
    expect(coverageOf(drawn([square(2, 2, 10), square(4, 4, 5).toReversed()]))).toBe(75);
  });

  it('mixes with what is below', () => {
    expect(drawn([square(0, 0, 20)], 0.5).data[0]).toBe(127);
  });

  it('draws what lies within the picture of a shape that leaves it', () => {
    expect(coverageOf(drawn([square(-10, -10, 15)]))).toBe(25);
    expect(coverageOf(drawn([square(15, 15, 100)]))).toBe(25);
    expect(coverageOf(drawn([square(30, 30, 5)]))).toBe(0);
  });
});

describe('the edges of fill', () => {
  const red = ({ data, widthPx }: Canvas, x: number, y: number): number => data[(y * widthPx + x) * 3] ?? 0;

  it('cover of each pixel the share that lies inside a rectangle', () => {
    const side = fc.double({ min: 0.5, max: 19.5, noNaN: true });
    fc.assert(
      fc.property(side, side, side, side, (x1, x2, y1, y2) => {
        const [left, right, top, bottom] = [Math.min(x1, x2), Math.max(x1, x2), Math.min(y1, y2), Math.max(y1, y2)];
        const canvas = drawn([
          [
            [left, top],
            [right, top],
            [right, bottom],
            [left, bottom],
          ],
        ]);
        const share = (at: number, from: number, to: number): number =>
          Math.max(0, Math.min(at + 1, to) - Math.max(at, from));
        const worst = Array.from({ length: 400 }, (_, at) => {
          const [x, y] = [at % 20, Math.floor(at / 20)];
          return Math.abs(red(canvas, x, y) - 255 * share(x, left, right) * share(y, top, bottom));
        });
        expect(Math.max(...worst)).toBeLessThan(2.5);
      }),
    );
  });

  it('cover half of the pixels that a diagonal halves', () => {
    const canvas = drawn([
      [
        [2, 2],
        [10, 2],
        [2, 10],
      ],
    ]);
    const row = (y: number) => Array.from({ length: 9 }, (_, index) => red(canvas, index + 2, y));

    expect(row(2)).toEqual([255, 255, 255, 255, 255, 255, 255, 127, 0]);
    expect(row(9)).toEqual([127, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('mix each colour with what is below, by coverage times opacity', () => {
    const canvas: Canvas = { ...blank(2), data: new Uint8Array(12).fill(100) };
    fill(canvas, [square(0, 0, 1)], [200, 0, 100], 0.25);

    expect([...canvas.data.subarray(0, 6)]).toEqual([125, 75, 100, 100, 100, 100]);
  });
});

describe('strokeLoop', () => {
  it('draws a line of the thickness around the loop', () => {
    const ring = strokeLoop(square(5, 5, 10), 2);

    expect(coverageOf(drawn(ring))).toBeCloseTo(12 * 12 - 8 * 8, -1);
  });
});

describe('strokeDashes', () => {
  it('draws half of the line', () => {
    const [line, dashes] = [strokeLoop, (loop: Point[], thickness: number) => strokeDashes(loop, thickness, 2)].map(
      (stroke) => coverageOf(drawn(stroke(square(4, 4, 12), 0.5))),
    );

    // A little more, for the round ends.
    expect((dashes ?? 0) / (line ?? 1)).toBeGreaterThan(0.5);
    expect((dashes ?? 0) / (line ?? 1)).toBeLessThan(0.7);
  });
});

describe('roundedRectangle', () => {
  it('lacks its corners', () => {
    expect(coverageOf(drawn([roundedRectangle({ left: 2, top: 2, width: 16, height: 16 }, 8)]))).toBeCloseTo(
      Math.PI * 64,
      -1,
    );
  });
});
