import type { Point } from '../../functions/photos/canvas.ts';
import { disc, randomNumbers, range, rect, type Scene, type Shape, shape, WHITE, windowAt } from './shapes.ts';

function tree(x: number, base: number, size: number, seed: number): Shape[] {
  const random = randomNumbers(seed);
  const trunk = rect(x - size * 0.06, base - size * 0.9, x + size * 0.06, base, [84, 66, 48]);
  const leaves = range(110).map((): Shape => {
    const [angle, reach] = [random() * 2 * Math.PI, Math.sqrt(random()) * size * 0.62];
    const light = 0.55 + random() * 0.6;
    const at: Point = [x + reach * Math.cos(angle), base - size * 1.35 + reach * 1.3 * Math.sin(angle)];
    return shape(disc(at[0], at[1], size * (0.06 + random() * 0.06)), [66 * light, 104 * light, 50 * light], 0.9);
  });
  return [trunk, ...leaves];
}

/** A clapboard house behind a lawn. */
export function facade(): Scene {
  const random = randomNumbers(7);
  const sky = range(40).map((i) =>
    rect(0, i / 50, 1, (i + 1) / 50 + 0.002, [120 + i * 2.4, 164 + i * 1.5, 212 + i * 0.7]),
  );
  const clouds = range(3).flatMap((cloud) =>
    range(60).map((): Shape => {
      const [across, up] = [(random() + random() - 1) * 0.15, random() * random() * 0.07];
      const at = disc(0.16 + cloud * 0.33 + across, 0.12 + (cloud % 2) * 0.03 - up, 0.012 + random() * 0.025);
      return shape(at, [250, 250, 252], 0.16);
    }),
  );
  const siding = range(26).map((i) => rect(0.16, 0.37 + i * 0.0155, 0.84, 0.373 + i * 0.0155, [150, 142, 124], 0.55));
  const shingles = range(14).flatMap((row) =>
    range(40).map((column): Shape => {
      const [top, shade] = [0.155 + row * 0.0155, 0.8 + random() * 0.35];
      const inset = 0.22 - (top - 0.15) * 0.6;
      const [left, width] = [inset, 1 - 2 * inset];
      const x = left + (column / 40) * width;
      return rect(x, top, x + width / 40 - 0.0008, top + 0.0145, [96 * shade, 74 * shade, 66 * shade]);
    }),
  );
  const grass = range(1400).map((): Shape => {
    const [place, y, light] = [random(), 0.79 + random() * 0.21, 0.7 + random() * 0.5];
    // Left and right of the path, which widens towards the viewer.
    const [left, right] = [0.5 - (y - 0.8) * 0.5, 0.61 + (y - 0.8) * 0.45];
    const x = place * (1 - right + left) + (place * (1 - right + left) > left ? right - left : 0);
    return shape(
      [
        [x, y],
        [x + 0.004, y],
        [x + 0.002 + random() * 0.004, y - 0.012 - random() * 0.014],
      ],
      [88 * light, 128 * light, 58 * light],
      0.8,
    );
  });
  return {
    name: 'facade',
    shapes: [
      ...sky,
      ...clouds,
      ...tree(0.06, 0.8, 0.22, 3),
      rect(0, 0.77, 1, 1, [92, 124, 62]),
      rect(0.16, 0.36, 0.84, 0.78, [206, 198, 176]),
      ...siding,
      rect(0.16, 0.36, 0.84, 0.395, [70, 62, 52], 0.45),
      rect(0.16, 0.755, 0.84, 0.785, [128, 122, 116]),
      shape(
        [
          [0.22, 0.15],
          [0.78, 0.15],
          [0.9, 0.375],
          [0.1, 0.375],
        ],
        [88, 68, 60],
      ),
      ...shingles,
      rect(0.09, 0.37, 0.91, 0.388, WHITE),
      rect(0.66, 0.07, 0.71, 0.2, [142, 84, 70]),
      ...windowAt(0.22, 0.47, 0.32, 0.63),
      ...windowAt(0.36, 0.47, 0.44, 0.63),
      ...windowAt(0.68, 0.47, 0.79, 0.63),
      rect(0.505, 0.46, 0.605, 0.775, WHITE),
      rect(0.518, 0.476, 0.592, 0.775, [120, 44, 42]),
      rect(0.532, 0.5, 0.578, 0.58, [94, 32, 32]),
      rect(0.532, 0.61, 0.578, 0.73, [94, 32, 32]),
      shape(disc(0.583, 0.63, 0.005), [220, 190, 110]),
      rect(0.49, 0.775, 0.62, 0.8, [170, 166, 160]),
      shape(
        [
          [0.5, 0.8],
          [0.61, 0.8],
          [0.7, 1],
          [0.4, 1],
        ],
        [182, 176, 166],
      ),
      ...grass,
      ...tree(0.94, 0.86, 0.15, 11),
    ],
  };
}
