import type { CrackShape } from '../photos/finding-size.ts';
import type { Box } from '../photos/photo-assessment.ts';
import { crackShapeOf } from './crack-shape.ts';
import { meanOfHighest, type WordMap } from './model-answer.ts';
import { type Outline, outlineOf } from './outline.ts';

/** A connected region of a map in which a word applies. */
export type Region = {
  readonly confidenceRatio: number;
  /** share of the photo */
  readonly areaRatio: number;
  readonly box: Box;
  readonly outline: Outline;
  readonly shape: CrackShape;
};

/** Hysteresis thresholding, then connected components. All numbers were chosen by eye. */
export const REGION_RULES = {
  /** low threshold = 0.7 x threshold: cells at or above it join a region, so that a thin crack is one region */
  growthRatio: 0.7,
  /** cells at most this many columns and rows apart are connected: a crack can pass between two cells */
  reachCells: 2,
  /** most regions of one kind on one photo, by confidence x area */
  mostRegions: 4,
} as const;

/**
 * The regions of a map in which its word reaches the threshold, by descending confidence x area; none when the photo's
 * confidence is below the threshold.
 *
 * @param shown the part of the photo that the map covers
 */
export function findRegions(map: WordMap, shown: Box): Region[] {
  if (!map.reachesThreshold) return [];
  return components(map)
    .filter((cells) => cells.some((cell) => valueAt(map, cell) >= map.thresholdRatio))
    .map((cells) => regionOf(map, cells, shown))
    .toSorted((a, b) => b.confidenceRatio * b.areaRatio - a.confidenceRatio * a.areaRatio)
    .slice(0, REGION_RULES.mostRegions);
}

const valueAt = ({ cells }: WordMap, cell: number): number => cells[cell] ?? 0;

/** Connected components of the cells at or above the low threshold. */
function components(map: WordMap): number[][] {
  const growthThresholdRatio = map.thresholdRatio * REGION_RULES.growthRatio;
  const open = new Set<number>();
  for (const [cell, value] of map.cells.entries()) if (value >= growthThresholdRatio) open.add(cell);
  const found: number[][] = [];
  for (const seed of open) {
    const component = [seed];
    open.delete(seed);
    // Breadth-first search: the loop also visits the cells that it appends.
    for (const cell of component) {
      for (const near of neighbours(map, cell)) if (open.delete(near)) component.push(near);
    }
    found.push(component);
  }
  return found;
}

function neighbours({ columns, rows }: WordMap, cell: number): number[] {
  const { reachCells } = REGION_RULES;
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const near: number[] = [];
  for (let y = Math.max(0, row - reachCells); y <= Math.min(rows - 1, row + reachCells); y += 1) {
    for (let x = Math.max(0, column - reachCells); x <= Math.min(columns - 1, column + reachCells); x += 1) {
      near.push(y * columns + x);
    }
  }
  return near;
}

/** confidence = mean of the `pooledCells` highest of the region's cells that reach the threshold. */
function regionOf(map: WordMap, cells: readonly number[], shown: Box): Region {
  const certain = cells.map((cell) => valueAt(map, cell)).filter((value) => value >= map.thresholdRatio);
  const columns = cells.map((cell) => cell % map.columns);
  const rows = cells.map((cell) => Math.floor(cell / map.columns));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  const [right, bottom] = [Math.max(...columns) + 1, Math.max(...rows) + 1];
  const across = (column: number): number => shown.x + (column / map.columns) * shown.width;
  const down = (row: number): number => shown.y + (row / map.rows) * shown.height;
  return {
    confidenceRatio: meanOfHighest(Float32Array.from(certain), map.pooledCells),
    areaRatio: (cells.length / map.cells.length) * shown.width * shown.height,
    box: { x: across(left), y: down(top), width: across(right) - across(left), height: down(bottom) - down(top) },
    shape: crackShapeOf(map, cells, shown),
    outline: outlineOf(map, cells, map.thresholdRatio * REGION_RULES.growthRatio).map((loop) =>
      loop.map(([x, y]) => [across(x), down(y)]),
    ),
  };
}
