export type Point = readonly [x: number, y: number];
/** Closed loops; a hole is a loop of its own. */
export type Outline = readonly (readonly Point[])[];

type Grid = { readonly cells: Float32Array; readonly columns: number; readonly rows: number };

/** How the outline of a region is drawn; no effect on findings. Chosen by eye. */
export const OUTLINE_RULES = {
  /** rounds of Chaikin's corner cutting; each doubles the points */
  smoothingRounds: 2,
  /** Chaikin's rule: each side is cut at 1/4 and 3/4 of its length */
  cutsAtShare: [0.25, 0.75],
  /** values of member cells are raised to at least 1.01 x the level, so that no line passes through the centre of a cell */
  leastMemberRatio: 1.01,
} as const;

/**
 * The contour of a set of cells at `level`, in columns and rows from the grid's top left corner: marching squares on the
 * values at the cells' centres, then smoothing by Chaikin's corner cutting.
 */
export function outlineOf(grid: Grid, cells: readonly number[], level: number): Outline {
  const member = new Set(cells);
  const value = (column: number, row: number): number => {
    const cell = row * grid.columns + column;
    const inside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows && member.has(cell);
    // All other cells are 0, so that the contour separates the set from the rest.
    return inside ? Math.max(level * OUTLINE_RULES.leastMemberRatio, grid.cells[cell] ?? 0) : 0;
  };
  const next = new Map<string, { readonly to: string; readonly at: Point }>();
  for (let row = -1; row < grid.rows; row += 1) {
    for (let column = -1; column < grid.columns; column += 1) {
      for (const [from, to] of crossings(value, column, row, level)) next.set(key(from), { to: key(to), at: from });
    }
  }
  const inGrid = ([x, y]: Point): Point => [clamp(x, grid.columns), clamp(y, grid.rows)];
  return loops(next).map((loop) => smooth(loop).map(inGrid));
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
const key = ([x, y]: Point): string => `${x.toFixed(4)},${y.toFixed(4)}`;

/** The contour's segments between four neighbouring centres, each with the inside on its right. */
function crossings(
  value: (column: number, row: number) => number,
  column: number,
  row: number,
  level: number,
): [Point, Point][] {
  const corners = [
    value(column, row),
    value(column + 1, row),
    value(column + 1, row + 1),
    value(column, row + 1),
  ] as const;
  const [a, b, c, d] = corners;
  const share = (one: number, other: number): number => (level - one) / (other - one);
  const edges: readonly (() => Point)[] = [
    () => [column + 0.5 + share(a, b), row + 0.5],
    () => [column + 1.5, row + 0.5 + share(b, c)],
    () => [column + 0.5 + share(d, c), row + 1.5],
    () => [column + 0.5, row + 0.5 + share(a, d)],
  ];
  const index = corners.reduce((bits, corner, place) => bits | (corner >= level ? 1 << place : 0), 0);
  return (PIECES[index] ?? []).map(([from, to]) => [at(edges, from), at(edges, to)]);
}

const at = (edges: readonly (() => Point)[], index: number): Point => edges[index]?.() ?? [0, 0];

/**
 * The 16 cases of marching squares, indexed by the corners that are inside (1 top left, 2 top right, 4 bottom right, 8
 * bottom left): segments from edge to edge (0 top, clockwise).
 */
const PIECES: readonly (readonly [number, number])[][] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

function loops(next: Map<string, { readonly to: string; readonly at: Point }>): Point[][] {
  const found: Point[][] = [];
  for (let start = next.keys().next(); !start.done; start = next.keys().next()) {
    const loop: Point[] = [];
    for (let here = next.get(start.value), name = start.value; here; name = here.to, here = next.get(name)) {
      loop.push(here.at);
      next.delete(name);
    }
    found.push(loop);
  }
  return found;
}

function smooth(loop: readonly Point[]): readonly Point[] {
  const { smoothingRounds, cutsAtShare } = OUTLINE_RULES;
  let points = loop;
  for (let round = 0; round < smoothingRounds; round += 1) {
    points = points.flatMap((point, index) => {
      const following = points[(index + 1) % points.length] ?? point;
      return cutsAtShare.map((share) => between(point, following, share));
    });
  }
  return points;
}

const between = ([x, y]: Point, [u, v]: Point, share: number): Point => [x + (u - x) * share, y + (v - y) * share];
