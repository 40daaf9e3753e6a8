import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crackShapeOf } from '../../../functions/condition/crack-shape.ts';

const SIDE = 16;
const GRID = { columns: SIDE, rows: SIDE };
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const DIAGONAL = Math.hypot(SIDE, SIDE);

type Cell = readonly [column: number, row: number];
const shapeOf = (cells: readonly Cell[], grid = GRID, shown = WHOLE) =>
  crackShapeOf(
    grid,
    cells.map(([column, row]) => row * grid.columns + column),
    shown,
  );
/** Cells of a bar from the left, `long` x `wide`. */
const bar = (long: number, wide: number): Cell[] =>
  Array.from({ length: long * wide }, (_, index) => [index % long, Math.floor(index / long)] as const);
const turned = (cells: readonly Cell[]): Cell[] => cells.map(([column, row]) => [SIDE - 1 - row, column] as const);
const mirrored = (cells: readonly Cell[]): Cell[] => cells.map(([column, row]) => [SIDE - 1 - column, row] as const);

const anyCells = fc
  .uniqueArray(fc.nat({ max: SIDE * SIDE - 1 }), { minLength: 1, maxLength: 60 })
  .map((cells) => cells.map((cell): Cell => [cell % SIDE, Math.floor(cell / SIDE)]));

describe('crackShapeOf', () => {
  it('measures a line in shares of the diagonal of the photo', () => {
    const { lengthRatio, widthRatio, spanRatio, cellRatio, direction } = shapeOf(bar(12, 2));

    expect(lengthRatio * DIAGONAL).toBeCloseTo(12, 6);
    expect(widthRatio * DIAGONAL).toBeCloseTo(2, 6);
    expect(spanRatio * DIAGONAL).toBeCloseTo(2, 6);
    expect(cellRatio * DIAGONAL).toBeCloseTo(1, 6);
    expect(direction).toBe('horizontal');
  });

  it.each([
    ['horizontal', bar(10, 1)],
    ['vertical', turned(bar(10, 1))],
    ['diagonal', Array.from({ length: 12 }, (_, at): Cell => [at, at])],
    ['diagonal', mirrored(Array.from({ length: 12 }, (_, at): Cell => [at, at]))],
    ['unknown', bar(4, 4)],
    ['unknown', [...bar(12, 1), ...turned(bar(12, 1))]],
    ['unknown', [[3, 3] as const]],
  ] as const)('has the direction %s: %#', (direction, cells) => {
    expect(shapeOf(cells).direction).toBe(direction);
  });

  it('does not depend on where on the photo the crack is, nor on turning and mirroring, but for its direction', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const { direction: _its, ...numbers } = shapeOf(cells);
        for (const moved of [turned(cells), mirrored(cells)]) {
          const { direction: _other, ...others } = shapeOf(moved);
          for (const name of ['lengthRatio', 'widthRatio', 'spanRatio', 'cellRatio'] as const) {
            // Where a region is as long as wide, its axis is any.
            if (shapeOf(cells).direction !== 'unknown') expect(others[name]).toBeCloseTo(numbers[name], 6);
          }
        }
      }),
    );
  });

  it('is of shares 0..1 for any cells', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const { direction: _direction, ...numbers } = shapeOf(cells);
        for (const share of Object.values(numbers)) {
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('counts the part of the photo that the map does not cover', () => {
    const half = shapeOf(bar(8, 1), GRID, { x: 0.25, y: 0, width: 0.5, height: 1 });

    expect(half.cellRatio).toBeCloseTo(1 / Math.hypot(2 * SIDE, SIDE), 6);
  });
});
