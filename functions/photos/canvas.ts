import type { Raster } from './raster.ts';

export type Colour = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];

/** An RGB picture that is drawn on in place. */
export type Canvas = Raster & { readonly channels: 3 };

/** A copy of an RGB picture to draw on. */
export function canvasOf({ data, widthPx, heightPx }: Raster): Canvas {
  return { data: Uint8Array.from(data), widthPx, heightPx, channels: 3 };
}

/**
 * Fills the union of polygons (in pixels, each closed by itself), with smooth edges.
 *
 * Signed area accumulation, as font renderers do it: every edge adds what it covers of each pixel to its right, and a
 * running sum along the row is the coverage. Polygons that turn the other way cut holes.
 */
export function fill(canvas: Canvas, polygons: readonly (readonly Point[])[], colour: Colour, opacity = 1): void {
  const frame = frameOf(canvas, polygons);
  if (!frame) return;
  const coverage = new Float32Array((frame.width + 2) * frame.height);
  for (const polygon of polygons) {
    for (const [index, from] of polygon.entries()) {
      addEdge(coverage, frame, from, polygon[(index + 1) % polygon.length] ?? from);
    }
  }
  blend(canvas, coverage, frame, colour, opacity);
}

type Frame = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function frameOf({ widthPx, heightPx }: Canvas, polygons: readonly (readonly Point[])[]): Frame | undefined {
  let [left, top, right, bottom] = [widthPx, heightPx, 0, 0];
  for (const polygon of polygons) {
    for (const [x, y] of polygon) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  [left, top] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
  const width = Math.min(widthPx, Math.ceil(right)) - left;
  const height = Math.min(heightPx, Math.ceil(bottom)) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

function addEdge(coverage: Float32Array, { left, top, width, height }: Frame, from: Point, to: Point): void {
  const down = from[1] <= to[1];
  const [upper, lower] = down ? [from, to] : [to, from];
  const upperY = upper[1] - top;
  const lowerY = lower[1] - top;
  if (upperY === lowerY) return;
  const upperX = upper[0] - left;
  const slope = (lower[0] - upper[0]) / (lowerY - upperY);
  const lastRow = Math.min(height, Math.ceil(lowerY));
  for (let row = Math.max(0, Math.floor(upperY)); row < lastRow; row += 1) {
    const start = Math.max(row, upperY);
    const end = Math.min(row + 1, lowerY);
    const one = upperX + (start - upperY) * slope;
    const other = upperX + (end - upperY) * slope;
    addSpan(
      coverage,
      row * (width + 2),
      width,
      Math.min(one, other),
      Math.max(one, other),
      down ? end - start : start - end,
    );
  }
}

/** An edge that crosses less of a row than this is taken for vertical: the formula for slopes would divide by almost 0. */
const UPRIGHT_PX = 1e-4;

/** Below this opacity a pixel is left as it is: of 255 levels it would change by half a level at most. */
const INVISIBLE_ALPHA = 0.002;

/** Adds an edge piece within one row: it covers `area` of every pixel right of it, and a part of those it crosses. */
function addSpan(coverage: Float32Array, row: number, width: number, left: number, right: number, area: number): void {
  const [from, to] = [clamp(left, width), clamp(right, width)];
  const first = Math.floor(from);
  const last = Math.max(first + 1, Math.ceil(to));
  let before = 0;
  for (let column = first; column < last; column += 1) {
    const reached = to - from > UPRIGHT_PX ? coveredLeftOf(column + 1, from, to) : column + 1 - from;
    const covered = area * Math.min(1, reached);
    coverage[row + column] = (coverage[row + column] ?? 0) + covered - before;
    before = covered;
  }
  coverage[row + last] = (coverage[row + last] ?? 0) + area - before;
}

/** The mean share of the pixel left of `x` that lies right of an edge running evenly from `from` to `to`. */
function coveredLeftOf(x: number, from: number, to: number): number {
  return (distanceSum(x, from, to) - distanceSum(x - 1, from, to)) / (to - from);
}

function distanceSum(upTo: number, from: number, to: number): number {
  const low = Math.max(0, upTo - to);
  const high = Math.max(0, upTo - from);
  return (high * high - low * low) / 2;
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

function blend(
  { data, widthPx }: Canvas,
  coverage: Float32Array,
  { left, top, width, height }: Frame,
  [red, green, blue]: Colour,
  opacity: number,
): void {
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += coverage[y * (width + 2) + x] ?? 0;
      const alpha = Math.min(1, Math.abs(sum)) * opacity;
      if (alpha < INVISIBLE_ALPHA) continue;
      const at = ((top + y) * widthPx + left + x) * 3;
      data[at] = mix(data[at], red, alpha);
      data[at + 1] = mix(data[at + 1], green, alpha);
      data[at + 2] = mix(data[at + 2], blue, alpha);
    }
  }
}

const mix = (under: number | undefined, over: number, alpha: number): number =>
  (under ?? 0) + (over - (under ?? 0)) * alpha;
