import type { CrackShape } from '../photos/finding-size.ts';
import type { Box } from '../photos/photo-assessment.ts';

/** How the shape of a region is read. All numbers were chosen by eye. */
export const CRACK_SHAPE_RULES = {
  /** a region at least twice as long as it reaches across is a line and has a direction; others are bent, branched or map-like */
  lineRatio: 2,
  /** degrees from horizontal or vertical up to which a line is that: half of the 45 to the diagonal */
  straightDegrees: 22.5,
} as const;

type Grid = { readonly columns: number; readonly rows: number };

/** Degrees in half a turn, in which the axis of a line repeats. */
const HALF_TURN = 180;

/**
 * The shape of a set of cells: length along its main axis (principal component of the cells' centres), reach across it, and mean
 * width = cells / length.
 *
 * @param shown the part of the photo that the map covers
 */
export function crackShapeOf({ columns, rows }: Grid, cells: readonly number[], shown: Box): CrackShape {
  const points = cells.map((cell) => [cell % columns, Math.floor(cell / columns)] as const);
  const [meanX, meanY] = [meanOf(points.map(([x]) => x)), meanOf(points.map(([, y]) => y))];
  const moment = (of: (x: number, y: number) => number): number =>
    meanOf(points.map(([x, y]) => of(x - meanX, y - meanY)));
  const [xx, yy, xy] = [moment((x) => x * x), moment((_, y) => y * y), moment((x, y) => x * y)];
  const axis = Math.atan2(2 * xy, xx - yy) / 2;
  // A cell is one wide in every direction.
  const reach = (angle: number): number => {
    const along = points.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle));
    return Math.max(...along) - Math.min(...along) + 1;
  };
  const [length, span] = [reach(axis), reach(axis + Math.PI / 2)];
  const diagonal = Math.hypot(columns / shown.width, rows / shown.height);
  const share = (inCells: number): number => Math.min(1, inCells / diagonal);
  return {
    lengthRatio: share(length),
    widthRatio: share(cells.length / length),
    spanRatio: share(span),
    cellRatio: share(1),
    direction: length >= CRACK_SHAPE_RULES.lineRatio * span ? directionOf(axis) : 'unknown',
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param axis in radians from horizontal */
function directionOf(axis: number): CrackShape['direction'] {
  const degrees = Math.abs((axis / Math.PI) * HALF_TURN);
  if (degrees <= CRACK_SHAPE_RULES.straightDegrees) return 'horizontal';
  return degrees >= HALF_TURN / 2 - CRACK_SHAPE_RULES.straightDegrees ? 'vertical' : 'diagonal';
}
