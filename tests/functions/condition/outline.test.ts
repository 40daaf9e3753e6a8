import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outline, outlineOf } from '../../../functions/condition/outline.ts';

/** Area by the shoelace formula; holes count against it. */
const areaOf = (outline: Outline): number =>
  outline.reduce(
    (sum, loop) =>
      sum +
      loop.reduce((loopSum, [x, y], index) => {
        const [u, v] = loop[(index + 1) % loop.length] ?? [x, y];
        return loopSum + (x * v - u * y) / 2;
      }, 0),
    0,
  );

const grid = (columns: number, rows: number, inside: readonly number[]) => ({
  columns,
  rows,
  cells: Float32Array.from({ length: columns * rows }, (_, cell) => (inside.includes(cell) ? 0.9 : 0)),
});

describe('outlineOf', () => {
  it('surrounds a block of cells', () => {
    const inside = [6, 7, 8, 11, 12, 13, 16, 17, 18];
    const area = Math.abs(areaOf(outlineOf(grid(5, 5, inside), inside, 0.5)));

    expect(area).toBeGreaterThan(4);
    expect(area).toBeLessThan(9.5);
  });

  it('gives a hole a loop of its own', () => {
    const ring = [6, 7, 8, 11, 13, 16, 17, 18];

    expect(outlineOf(grid(5, 5, ring), ring, 0.5)).toHaveLength(2);
  });

  it('turns the same way around whatever cells there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 1 }), (inside) => {
        const outline = outlineOf(grid(6, 6, inside), inside, 0.5);
        const area = areaOf(outline);
        expect(Math.abs(area)).toBeGreaterThan(0);
        expect(Math.abs(area)).toBeLessThanOrEqual(36);
        expect(outline.flat().every(([x, y]) => x >= 0 && x <= 6 && y >= 0 && y <= 6)).toBe(true);
      }),
    );
  });

  it('has the centres of its cells inside, and those of the others outside', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1 }), (inside) => {
        const outline = outlineOf(grid(6, 5, inside), inside, 0.5);
        const surrounded = Array.from({ length: 30 }, (_, cell) => cell).filter((cell) =>
          isWithin(outline, (cell % 6) + 0.5, Math.floor(cell / 6) + 0.5),
        );
        expect(surrounded).toEqual(inside.toSorted((a, b) => a - b));
      }),
    );
  });

  it('leaves out cells that are not of the set, however high', () => {
    const both = grid(5, 3, [6, 8]);

    expect(outlineOf(both, [6], 0.5)).toHaveLength(1);
    expect(outlineOf(both, [6, 8], 0.5)).toHaveLength(2);
  });

  // Around a cell of value v the line crosses at 1 - level / v from its centre: a diamond, twice cut at the corners.
  it.each([
    [0.9, 0.5],
    [0.8, 0.2],
  ])('runs where the surface crosses the level: value %d, level %d', (value, level) => {
    const cells = Float32Array.of(0, 0, 0, 0, value, 0, 0, 0, 0);
    const [loop = []] = outlineOf({ cells, columns: 3, rows: 3 }, [4], level);
    const radius = 1 - level / value;

    expect(loop).toHaveLength(16);
    expect(Math.max(...loop.map(([x]) => x))).toBeCloseTo(1.5 + radius * (1 - 1 / 4), 3);
    expect(Math.min(...loop.map(([, y]) => y))).toBeCloseTo(1.5 - radius * (1 - 1 / 4), 3);
    expect(Math.abs(areaOf([loop]))).toBeCloseTo(2 * radius ** 2 * (1 - 1 / 8 - 1 / 32), 3);
  });

  it('takes a cell below the level for just above it, so that the line does not break', () => {
    const cells = Float32Array.of(0, 0, 0, 0, 0.3, 0, 0, 0, 0);

    expect(Math.abs(areaOf(outlineOf({ cells, columns: 3, rows: 3 }, [4], 0.5)))).toBeGreaterThan(0);
  });

  it('ends at the edge of the grid', () => {
    const [loop = []] = outlineOf(grid(1, 1, [0]), [0], 0.1);

    expect(loop.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
    expect(Math.max(...loop.map(([x]) => x))).toBe(1);
  });
});

/** Even-odd rule: does a ray to the right cross the line an odd number of times? */
function isWithin(outline: Outline, x: number, y: number): boolean {
  const crossings = outline.flatMap((loop) =>
    loop.filter(([u, v], index) => {
      const [s, t] = loop[(index + 1) % loop.length] ?? [u, v];
      return v > y !== t > y && x < u + ((s - u) * (y - v)) / (t - v);
    }),
  );
  return crossings.length % 2 === 1;
}
