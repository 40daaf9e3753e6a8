import type { Point } from './canvas.ts';
import { GLYPHS } from './glyphs.ts';

/** Straight pieces per curve of a letter; enough by eye, as letters are small. */
const PIECES_PER_CURVE = 4;
/** Of GLYPHS. */
const UNITS_PER_EM = 1000;
/** Drawn for letters that the font lacks. */
const UNKNOWN_LETTER = '-';

/** Height of capitals / font size, in Roboto (711 of 1000 units). */
export const CAPITAL_HEIGHT = 0.711;

const glyphOf = (letter: string): readonly [advance: number, path: string] =>
  GLYPHS[letter] ?? GLYPHS[UNKNOWN_LETTER] ?? [0, ''];

/** How wide a line of text is, in pixels. Letters that the font lacks are drawn as hyphens. */
export const textWidthPx = (text: string, sizePx: number): number =>
  [...text].reduce((sum, letter) => sum + glyphOf(letter)[0], 0) * (sizePx / UNITS_PER_EM);

/** A line of text as polygons; `x`, `y` is where its baseline begins. */
export function textPolygons(text: string, [x, y]: Point, sizePx: number): Point[][] {
  const scale = sizePx / UNITS_PER_EM;
  let pen = x;
  return [...text].flatMap((letter) => {
    const [advance, path] = glyphOf(letter);
    const start = pen;
    pen += advance * scale;
    return polygonsOf(path).map((polygon) => polygon.map(([u, v]): Point => [start + u * scale, y + v * scale]));
  });
}

/** The polygons of a path of absolute M, L, Q and Z. */
function polygonsOf(path: string): Point[][] {
  const polygons: Point[][] = [];
  for (const [, command, rest] of path.matchAll(/([MLQZ])([^MLQZ]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0] = (rest?.match(/-?\d+/g) ?? []).map(Number);
    const polygon = polygons.at(-1);
    if (command === 'M') polygons.push([[a, b]]);
    else if (command === 'L') polygon?.push([a, b]);
    else if (command === 'Q') polygon?.push(...curve(polygon.at(-1) ?? [0, 0], [a, b], [c, d]));
  }
  return polygons;
}

function curve(from: Point, over: Point, to: Point): Point[] {
  return Array.from({ length: PIECES_PER_CURVE }, (_, index): Point => {
    const t = (index + 1) / PIECES_PER_CURVE;
    const at = (axis: 0 | 1): number => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * over[axis] + t * t * to[axis];
    return [at(0), at(1)];
  });
}
