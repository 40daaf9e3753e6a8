import type { Colour } from '../../functions/photos/canvas.ts';
import { disc, range, rect, type Scene, type Shape, shape, WHITE } from './shapes.ts';

const WOOD: Colour = [236, 232, 222];
const WOOD_DARK: Colour = [206, 200, 188];
const STEEL: Colour = [176, 180, 184];
const STEEL_DARK: Colour = [92, 96, 100];
const STONE: Colour = [58, 56, 58];
const GAP: Colour = [150, 144, 132];

/** A fitted kitchen: cupboards, worktop, stove and hood, a window above the sink, a refrigerator, an island with stools. */
export function kitchen(): Scene {
  const shapes = [
    rect(0, 0, 1, 1, [226, 214, 186]),
    rect(0, 0, 1, 0.07, [246, 244, 238]),
    rect(0, 0.07, 1, 0.085, [214, 204, 178]),
    ...backsplash(),
    ...windowWithBlind(),
    ...[0.02, 0.11, 0.2, 0.29].flatMap((x) => door(x, 0.12, x + 0.086, 0.42)),
    ...[0.6, 0.69].flatMap((x) => door(x, 0.12, x + 0.086, 0.42)),
    ...lowerCupboards(),
    ...sink(),
    ...stove(),
    ...fridge(),
    ...floor(),
    ...island(),
  ];
  return { name: 'kitchen', shapes };
}

const door = (left: number, top: number, right: number, bottom: number): Shape[] => [
  rect(left, top, right, bottom, GAP),
  rect(left + 0.003, top + 0.004, right - 0.003, bottom - 0.004, WOOD),
  rect(left + 0.014, top + 0.02, right - 0.014, bottom - 0.02, WOOD_DARK),
  rect(left + 0.018, top + 0.026, right - 0.018, bottom - 0.024, [230, 226, 216]),
  rect(right - 0.011, (top + bottom) / 2 - 0.024, right - 0.007, (top + bottom) / 2 + 0.024, STEEL),
];

const windowWithBlind = (): Shape[] => [
  rect(0.388, 0.144, 0.572, 0.442, WHITE),
  rect(0.4, 0.16, 0.56, 0.42, [202, 218, 226]),
  rect(0.4, 0.36, 0.56, 0.42, [150, 176, 130]),
  rect(0.4, 0.16, 0.56, 0.3, [232, 226, 210]),
  ...range(9).map((slat) => rect(0.4, 0.165 + slat * 0.015, 0.56, 0.168 + slat * 0.015, [206, 198, 178])),
  rect(0.382, 0.442, 0.578, 0.46, [206, 202, 192]),
];

const backsplash = (): Shape[] => [
  rect(0, 0.42, 0.8, 0.56, [196, 184, 160]),
  ...range(4).flatMap((row) =>
    range(27).map((column): Shape => {
      const left = (row % 2 === 0 ? 0 : -0.015) + column * 0.03;
      const light = 206 + ((row * 7 + column * 5) % 13);
      const top = 0.424 + row * 0.034;
      return rect(left, top, Math.min(0.8, left + 0.027), top + 0.03, [light, light - 10, light - 32]);
    }),
  ),
];

const lowerCupboards = (): Shape[] => [
  rect(0, 0.586, 0.8, 0.86, GAP),
  ...[0.02, 0.11, 0.38, 0.47, 0.56, 0.65, 0.74].flatMap((x) => [
    ...door(x, 0.665, x + 0.086, 0.845),
    rect(x + 0.003, 0.594, x + 0.083, 0.655, WOOD),
    rect(x + 0.028, 0.62, x + 0.058, 0.626, STEEL),
  ]),
  rect(0, 0.86, 0.8, 0.885, [42, 30, 22]),
  rect(0, 0.55, 0.8, 0.59, STONE),
  rect(0, 0.55, 0.8, 0.557, [122, 120, 122]),
];

const sink = (): Shape[] => [
  rect(0.42, 0.546, 0.54, 0.556, STEEL),
  rect(0.477, 0.47, 0.483, 0.55, STEEL),
  rect(0.477, 0.47, 0.515, 0.477, STEEL),
  rect(0.51, 0.47, 0.515, 0.49, STEEL_DARK),
];

const stove = (): Shape[] => [
  rect(0.2, 0.548, 0.372, 0.87, STEEL),
  rect(0.2, 0.548, 0.372, 0.562, [30, 30, 32]),
  ...[0.215, 0.26, 0.305, 0.345].map((x) => rect(x, 0.54, x + 0.022, 0.549, [22, 22, 24])),
  ...[0.22, 0.25, 0.28, 0.31, 0.34].map((x) => shape(disc(x + 0.006, 0.59, 0.009), [40, 42, 44])),
  rect(0.212, 0.628, 0.36, 0.636, [214, 218, 222]),
  rect(0.215, 0.65, 0.357, 0.79, [24, 25, 28]),
  shape(
    [
      [0.215, 0.65],
      [0.3, 0.65],
      [0.215, 0.74],
    ],
    [70, 74, 80],
    0.5,
  ),
  rect(0.212, 0.81, 0.36, 0.85, [150, 154, 158]),
  // A pot, and the hood above it.
  rect(0.258, 0.492, 0.312, 0.54, [164, 40, 34]),
  rect(0.25, 0.505, 0.32, 0.512, [120, 28, 24]),
  rect(0.27, 0.484, 0.3, 0.492, [40, 40, 42]),
  rect(0.2, 0.39, 0.372, 0.43, STEEL),
  rect(0.2, 0.422, 0.372, 0.43, STEEL_DARK),
];

const fridge = (): Shape[] => [
  rect(0.8, 0.16, 0.98, 0.885, GAP),
  rect(0.803, 0.163, 0.977, 0.4, STEEL),
  rect(0.803, 0.408, 0.977, 0.88, STEEL),
  rect(0.815, 0.3, 0.822, 0.39, STEEL_DARK),
  rect(0.815, 0.42, 0.822, 0.6, STEEL_DARK),
];

const floor = (): Shape[] => [
  rect(0, 0.885, 1, 1, [104, 74, 52]),
  ...range(7).map((line) => rect(0, 0.9 + line * 0.015, 1, 0.9015 + line * 0.015, [84, 58, 40])),
];

const island = (): Shape[] => [
  rect(0.24, 0.78, 0.76, 1, GAP),
  rect(0.245, 0.79, 0.755, 1, WOOD),
  shape(
    [
      [0.25, 0.72],
      [0.75, 0.72],
      [0.8, 0.775],
      [0.2, 0.775],
    ],
    [92, 88, 88],
  ),
  rect(0.2, 0.775, 0.8, 0.795, STONE),
  ...[0.33, 0.5, 0.67].flatMap((x) => [
    rect(x - 0.03, 0.86, x + 0.03, 0.885, [60, 38, 24]),
    rect(x - 0.026, 0.885, x - 0.018, 1, [50, 32, 20]),
    rect(x + 0.018, 0.885, x + 0.026, 1, [50, 32, 20]),
  ]),
];
