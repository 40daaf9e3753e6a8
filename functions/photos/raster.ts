/** Pixels in memory, rows from the top, channels side by side: 3 is RGB, 1 is grey. */
export type Raster = {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3;
};

export type GreyRaster = Raster & { readonly channels: 1 };

/** Luma of each pixel (ITU-R BT.601, in 1/256). */
export function toGrey({ data, widthPx, heightPx, channels }: Raster): GreyRaster {
  if (channels === 1) return { data, widthPx, heightPx, channels };
  const grey = new Uint8Array(widthPx * heightPx);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 3) {
    grey[at] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
  }
  return { data: grey, widthPx, heightPx, channels: 1 };
}

/**
 * A grey picture reduced to exactly `widthPx` x `heightPx` by averaging the area under each new pixel.
 *
 * Area averaging, because every source pixel counts: the result hardly changes when the photo was scaled or recompressed before.
 */
export function reduceGrey(source: GreyRaster, widthPx: number, heightPx: number): Float64Array {
  const columns = spans(source.widthPx, widthPx);
  const rows = spans(source.heightPx, heightPx);
  const reduced = new Float64Array(widthPx * heightPx);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      reduced[y * widthPx + x] = meanOf(source, column, row);
    }
  }
  return reduced;
}

type Span = { readonly start: number; readonly end: number };

const spans = (sourcePx: number, targetPx: number): Span[] =>
  Array.from({ length: targetPx }, (_, index) => ({
    start: (index * sourcePx) / targetPx,
    end: ((index + 1) * sourcePx) / targetPx,
  }));

/** How much of pixel `index` lies in the span. */
const share = (index: number, span: Span): number => Math.min(index + 1, span.end) - Math.max(index, span.start);

function meanOf(source: GreyRaster, column: Span, row: Span): number {
  let sum = 0;
  for (let y = Math.floor(row.start); y < row.end; y += 1) {
    const inRow = share(y, row);
    for (let x = Math.floor(column.start); x < column.end; x += 1) {
      sum += (source.data[y * source.widthPx + x] ?? 0) * inRow * share(x, column);
    }
  }
  return sum / ((column.end - column.start) * (row.end - row.start));
}
