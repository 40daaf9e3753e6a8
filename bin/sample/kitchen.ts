import { disc, floorLines, range, rect, room, type Scene, type Shape, shape, windowAt } from './shapes.ts';

/** A fitted kitchen: cupboards, worktop, hob and hood, refrigerator, a window above the sink. */
export function kitchen(): Scene {
  const cupboard = (left: number, top: number, right: number, bottom: number): Shape[] => [
    rect(left, top, right, bottom, [226, 222, 212]),
    rect(left + 0.007, top + 0.012, right - 0.007, bottom - 0.012, [214, 209, 198]),
    rect(left + 0.012, top + 0.02, right - 0.012, bottom - 0.02, [228, 224, 215]),
    rect(right - 0.014, (top + bottom) / 2 - 0.02, right - 0.01, (top + bottom) / 2 + 0.02, [110, 108, 104]),
  ];
  const backsplash = range(5).flatMap((row) =>
    range(18).map((column) =>
      rect(0.262 + column * 0.0266, 0.418 + row * 0.02, 0.286 + column * 0.0266, 0.4355 + row * 0.02, [
        198 + ((row * 7 + column * 5) % 9),
        208,
        206,
      ]),
    ),
  );
  return {
    name: 'kitchen',
    shapes: [
      ...room([222, 214, 198], [168, 124, 84]),
      ...floorLines([104, 70, 42]),
      rect(0.26, 0.415, 0.745, 0.525, [176, 182, 180]),
      ...backsplash,
      ...windowAt(0.45, 0.25, 0.56, 0.4),
      ...[0.26, 0.323, 0.386].flatMap((x) => cupboard(x, 0.22, x + 0.061, 0.4)),
      ...[0.575, 0.638].flatMap((x) => cupboard(x, 0.22, x + 0.061, 0.4)),
      ...range(6).flatMap((i) => cupboard(0.26 + i * 0.063, 0.545, 0.321 + i * 0.063, 0.7)),
      rect(0.255, 0.52, 0.645, 0.546, [70, 68, 70]),
      rect(0.255, 0.52, 0.645, 0.526, [130, 128, 130]),
      rect(0.47, 0.505, 0.54, 0.522, [188, 192, 196]),
      rect(0.503, 0.46, 0.507, 0.508, [206, 210, 214]),
      rect(0.32, 0.55, 0.385, 0.695, [52, 54, 58]),
      rect(0.328, 0.585, 0.377, 0.66, [24, 26, 30]),
      rect(0.328, 0.565, 0.377, 0.573, [180, 184, 188]),
      ...[0.335, 0.352, 0.369].map((x) => shape(disc(x, 0.558, 0.003), [210, 212, 214])),
      rect(0.65, 0.3, 0.735, 0.715, [192, 196, 200]),
      rect(0.65, 0.3, 0.735, 0.31, [228, 230, 232]),
      rect(0.65, 0.46, 0.735, 0.466, [96, 100, 104]),
      rect(0.66, 0.36, 0.665, 0.44, [96, 100, 104]),
      rect(0.66, 0.49, 0.665, 0.6, [96, 100, 104]),
      shape(
        [
          [0.76, 0.56],
          [1, 0.62],
          [1, 1],
          [0.76, 0.72],
        ],
        [206, 200, 188],
      ),
      shape(
        [
          [0.76, 0.545],
          [1, 0.585],
          [1, 0.625],
          [0.76, 0.565],
        ],
        [78, 76, 78],
      ),
      ...[0.4, 0.52, 0.64].map((x) => shape(disc(x, 0.1, 0.016), [255, 252, 236])),
      shape(
        [
          [0.3, 0.72],
          [0.62, 0.72],
          [0.72, 0.86],
          [0.2, 0.86],
        ],
        [255, 246, 220],
        0.14,
      ),
    ],
  };
}
