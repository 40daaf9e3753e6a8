import type { Point } from './canvas.ts';

/** A rectangle in pixels. */
export type Rectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Straight pieces of a round corner. Chosen by eye, as the next two: shapes are a few pixels large. */
const CORNER_STEPS = 6;
/** Corners of the polygon that stands for the disc at a joint. */
const JOINT_CORNERS = 10;
/** Corners of a line nearer than this share of its thickness are left out: they are not visible. */
const NEAR_SHARE = 0.6;

/** A rectangle with round corners, as one polygon. */
export function roundedRectangle({ left, top, width, height }: Rectangle, radius: number): Point[] {
  const r = Math.min(radius, width / 2, height / 2);
  const centres: readonly (readonly [x: number, y: number, angle: number])[] = [
    [left + r, top + r, Math.PI],
    [left + width - r, top + r, 1.5 * Math.PI],
    [left + width - r, top + height - r, 0],
    [left + r, top + height - r, 0.5 * Math.PI],
  ];
  return centres.flatMap(([x, y, angle]) =>
    Array.from({ length: CORNER_STEPS + 1 }, (_, step): Point => {
      const turned = angle + (step / CORNER_STEPS) * (Math.PI / 2);
      return [x + r * Math.cos(turned), y + r * Math.sin(turned)];
    }),
  );
}

/** A closed line of a thickness, as polygons that all turn the same way: one per piece, and one round joint per corner. */
export function strokeLoop(loop: readonly Point[], thickness: number): Point[][] {
  const corners = simplified(loop, thickness * NEAR_SHARE);
  return corners.flatMap((from, index) => {
    const to = corners[(index + 1) % corners.length] ?? from;
    return [joint(from, thickness), strokePiece(from, to, thickness)];
  });
}

/** A closed line drawn in dashes of this length, with gaps of the same length. */
export function strokeDashes(loop: readonly Point[], thickness: number, dashPx: number): Point[][] {
  const corners = simplified(loop, thickness * NEAR_SHARE);
  const polygons: Point[][] = [];
  let travelled = 0;
  for (const [index, from] of corners.entries()) {
    const to = corners[(index + 1) % corners.length] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    for (const [start, end] of dashesBetween(travelled, travelled + length, dashPx)) {
      const [first, last] = [
        along(from, to, (start - travelled) / length),
        along(from, to, (end - travelled) / length),
      ];
      polygons.push(joint(first, thickness), strokePiece(first, last, thickness), joint(last, thickness));
    }
    travelled += length;
  }
  return polygons;
}

/** The parts of a stretch of the line that are drawn. */
function dashesBetween(start: number, end: number, dashPx: number): [number, number][] {
  const dashes: [number, number][] = [];
  for (let dash = Math.floor(start / (2 * dashPx)); dash * 2 * dashPx < end; dash += 1) {
    const [from, to] = [Math.max(start, dash * 2 * dashPx), Math.min(end, (dash * 2 + 1) * dashPx)];
    if (from < to) dashes.push([from, to]);
  }
  return dashes;
}

const along = ([x, y]: Point, [u, v]: Point, share: number): Point => [x + (u - x) * share, y + (v - y) * share];

/** The loop without corners that are nearer than `nearPx` to the one before. */
function simplified(loop: readonly Point[], nearPx: number): readonly Point[] {
  const kept: Point[] = [];
  for (const point of loop) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= nearPx) kept.push(point);
  }
  return kept;
}

function strokePiece(from: Point, to: Point, thickness: number): Point[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * (thickness / 2), (dx / length) * (thickness / 2)];
  return [
    [from[0] - nx, from[1] - ny],
    [to[0] - nx, to[1] - ny],
    [to[0] + nx, to[1] + ny],
    [from[0] + nx, from[1] + ny],
  ];
}

/** A disc; it turns the same way as the pieces that it joins. */
const joint = ([x, y]: Point, thickness: number): Point[] =>
  Array.from({ length: JOINT_CORNERS }, (_, corner): Point => {
    const angle = (corner / JOINT_CORNERS) * 2 * Math.PI;
    return [x + (thickness / 2) * Math.cos(angle), y + (thickness / 2) * Math.sin(angle)];
  });
