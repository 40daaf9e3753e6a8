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
});
