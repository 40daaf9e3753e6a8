import type { Colour, Point } from '../../functions/photos/canvas.ts';

/** One shape of a picture, in shares of its width and height, with its own grain. Shapes are painted in order. */
export type Shape = {
  readonly polygon: readonly Point[];
  readonly colour: Colour;
  readonly opacity?: number;
};

export type Scene = { readonly name: string; readonly shapes: readonly Shape[] };

export const box = (left: number, top: number, right: number, bottom: number): Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

export const shape = (polygon: readonly Point[], colour: Colour, opacity = 1): Shape => ({ polygon, colour, opacity });
export const rect = (left: number, top: number, right: number, bottom: number, colour: Colour, opacity = 1): Shape =>
  shape(box(left, top, right, bottom), colour, opacity);

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A circle on a picture of 4:3. */
export const disc = (x: number, y: number, radius: number): Point[] =>
  range(24).map((step) => {
    const angle = (step / 24) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y + (radius * 4 * Math.sin(angle)) / 3];
  });

/** A seeded random number generator. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const WHITE: Colour = [238, 236, 230];
const GLASS: Colour = [112, 140, 160];

export function windowAt(left: number, top: number, right: number, bottom: number): Shape[] {
  const [middle, sill] = [(left + right) / 2, (top + bottom) / 2];
  return [
    rect(left - 0.012, top - 0.016, right + 0.012, bottom + 0.022, WHITE),
    rect(left, top, right, bottom, GLASS),
    shape(
      [
        [left, top],
        [right, top],
        [left, bottom],
      ],
      [176, 200, 214],
      0.45,
    ),
    rect(left, top, right, top + 0.012, [40, 50, 60], 0.5),
    rect(middle - 0.003, top, middle + 0.003, bottom, WHITE),
    rect(left, sill - 0.004, right, sill + 0.004, WHITE),
    rect(left - 0.018, bottom + 0.022, right + 0.018, bottom + 0.04, [206, 202, 192]),
    rect(left - 0.012, bottom + 0.04, right + 0.018, bottom + 0.055, [60, 50, 40], 0.3),
  ];
}

/** Back wall, side walls, ceiling and floor of a room, seen from its middle. */
export function room(wall: Colour, floor: Colour): Shape[] {
  const darker: Colour = [wall[0] * 0.88, wall[1] * 0.88, wall[2] * 0.9];
  return [
    shape(
      [
        [0, 0],
        [1, 0],
        [0.76, 0.2],
        [0.24, 0.2],
      ],
      [242, 241, 236],
    ),
    rect(0.24, 0.2, 0.76, 0.68, wall),
    shape(
      [
        [0, 0],
        [0.24, 0.2],
        [0.24, 0.68],
        [0, 1],
      ],
      darker,
    ),
    shape(
      [
        [1, 0],
        [0.76, 0.2],
        [0.76, 0.68],
        [1, 1],
      ],
      darker,
    ),
    shape(
      [
        [0.24, 0.68],
        [0.76, 0.68],
        [1, 1],
        [0, 1],
      ],
      floor,
    ),
  ];
}

export const floorLines = (colour: Colour): Shape[] => [
  ...range(15).map((i): Shape => {
    const [far, near] = [0.24 + (0.52 * (i + 1)) / 16, (i + 1) / 16];
    return shape(
      [
        [far, 0.68],
        [far + 0.001, 0.68],
        [near + 0.004, 1],
        [near, 1],
      ],
      colour,
      0.5,
    );
  }),
  ...range(7).map((i): Shape => {
    const depth = ((i + 0.5) / 7) ** 1.8;
    const [top, left] = [0.68 + 0.32 * depth, 0.24 * (1 - depth)];
    return rect(left, top, 1 - left, top + 0.002 + 0.003 * depth, colour, 0.35);
  }),
];
