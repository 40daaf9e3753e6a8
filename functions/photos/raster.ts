/** Pixels in memory, rows from the top, channels side by side: 3 is RGB, 1 is grey. */
export type Raster = {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3;
};

export type GreyRaster = Raster & { readonly channels: 1 };

// Functions that deal with one row are called often, and so are compiled well; V8 compiles long loops within loops over and over.

/** Luma of each pixel (ITU-R BT.601, in 1/256). */
export function toGrey({ data, widthPx, heightPx, channels }: Raster): GreyRaster {
  if (channels === 1) return { data, widthPx, heightPx, channels };
  const grey = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) greyRow(data, y * widthPx * 3, grey, y * widthPx, widthPx);
  return { data: grey, widthPx, heightPx, channels: 1 };
}

function greyRow(data: Uint8Array, start: number, grey: Uint8Array, newStart: number, width: number): void {
  for (let x = 0, from = start; x < width; x += 1, from += 3) {
    grey[newStart + x] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
  }
}

/** An RGB picture at half its size, each pixel the mean of four; a last odd row or column is left out. */
export function halve({ data, widthPx, heightPx }: Raster): Raster {
  const [halfWidth, halfHeight] = [widthPx >> 1, heightPx >> 1];
  const half = new Uint8Array(halfWidth * halfHeight * 3);
  for (let y = 0; y < halfHeight; y += 1)
    halveRows(data, 2 * y * widthPx * 3, widthPx * 3, half, y * halfWidth * 3, halfWidth * 3);
  return { data: half, widthPx: halfWidth, heightPx: halfHeight, channels: 3 };
}

function halveRows(
  data: Uint8Array,
  start: number,
  rowBytes: number,
  half: Uint8Array,
  newStart: number,
  newBytes: number,
): void {
  let upper = start;
  for (let at = newStart; at < newStart + newBytes; at += 3, upper += 6) {
    const lower = upper + rowBytes;
    half[at] = ((data[upper] ?? 0) + (data[upper + 3] ?? 0) + (data[lower] ?? 0) + (data[lower + 3] ?? 0) + 2) >> 2;
    half[at + 1] =
      ((data[upper + 1] ?? 0) + (data[upper + 4] ?? 0) + (data[lower + 1] ?? 0) + (data[lower + 4] ?? 0) + 2) >> 2;
    half[at + 2] =
      ((data[upper + 2] ?? 0) + (data[upper + 5] ?? 0) + (data[lower + 2] ?? 0) + (data[lower + 5] ?? 0) + 2) >> 2;
  }
}

/**
 * A grey picture reduced to exactly `widthPx` x `heightPx` by averaging the area under each new pixel.
 *
 * Area averaging, because every source pixel counts: the result hardly changes when the photo was scaled or recompressed before.
 */
export function reduceGrey({ data, widthPx, heightPx }: GreyRaster, width: number, height: number): Float64Array {
  // First every row to its new width, then those rows to the new height.
  const narrow = new Float64Array(width * heightPx);
  for (let y = 0; y < heightPx; y += 1) averageRuns(data, y * widthPx, 1, widthPx, narrow, y * width, 1, width);
  const reduced = new Float64Array(width * height);
  for (let x = 0; x < width; x += 1) averageRuns(narrow, x, width, heightPx, reduced, x, width, height);
  return reduced;
}

/** One line of `count` values, `step` apart, as `newCount` means of what lies under each. */
function averageRuns(
  source: Uint8Array | Float64Array,
  start: number,
  step: number,
  count: number,
  target: Float64Array,
  newStart: number,
  newStep: number,
  newCount: number,
): void {
  const length = count / newCount;
  for (let index = 0; index < newCount; index += 1) {
    const from = index * length;
    const to = Math.min(count, from + length);
    const first = Math.floor(from);
    const last = Math.ceil(to) - 1;
    let sum = 0;
    for (let at = start + first * step; at <= start + last * step; at += step) sum += source[at] ?? 0;
    // What of the first and the last lies outside.
    sum -= (source[start + first * step] ?? 0) * (from - first) + (source[start + last * step] ?? 0) * (last + 1 - to);
    target[newStart + index * newStep] = sum / length;
  }
}
