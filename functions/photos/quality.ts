import type { Quality } from './photo-assessment.ts';
import type { GreyRaster } from './raster.ts';

/** Longest side of the grey copy that sharpness and exposure are read from, so that the file's size does not matter. */
export const QUALITY_COPY_PX = 640;

/** The picture is cut into this many tiles a side; a plain wall beside a sharp window must not make a photo blurred. */
const TILES_A_SIDE = 8;
/** Sharpness is that of the sharpest eighth of the tiles. */
const SHARPEST_SHARE = 1 / 8;
/** Laplacian variance of a photo on which nothing can be made out, and of a crisp one. About 100 is the usual limit of "blurred". */
const BLURRED_VARIANCE = 15;
const CRISP_VARIANCE = 1000;

/** Luma at and beyond which a pixel holds no more detail. */
const DARK_LUMA = 5;
const BRIGHT_LUMA = 250;
/** Mean brightness between these costs nothing; at 0 and 1 nothing is to be seen. */
const COMFORTABLE_LUMA = { from: 0.25, to: 0.75 };
/** Share of clipped pixels that costs nothing, and at which half is lost. White backgrounds are usual, black ones are not. */
const CLIPPED_DARK = { free: 0.1, half: 0.5 };
const CLIPPED_BRIGHT = { free: 0.3, half: 0.8 };

/** Megapixels at which nothing, and everything that the models can use, is there; the working copy has no more than 1.6. */
const LEAST_MEGAPIXELS = 0.01;
const AMPLE_MEGAPIXELS = 1;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const onLogScale = (value: number, none: number, all: number): number =>
  value <= 0 ? 0 : clamp(Math.log(value / none) / Math.log(all / none));

/**
 * How far a photo can be judged, from its grey copy of at most QUALITY_COPY_PX and the size of the original.
 *
 * The whole is the geometric mean of the three parts: a photo that is black, blurred or tiny is of no use however good the rest is.
 */
export function measureQuality(grey: GreyRaster, original: { widthPx: number; heightPx: number }): Quality {
  const sharpness = measureSharpness(grey);
  const exposure = measureExposure(grey);
  const megapixels = (original.widthPx * original.heightPx) / 1_000_000;
  const resolution = { scoreRatio: onLogScale(megapixels, LEAST_MEGAPIXELS, AMPLE_MEGAPIXELS), megapixels };
  const scoreRatio = Math.cbrt(sharpness.scoreRatio * exposure.scoreRatio * resolution.scoreRatio);
  return { scoreRatio, sharpness, exposure, resolution };
}

function measureSharpness(grey: GreyRaster): Quality['sharpness'] {
  const variances = laplacianVariances(grey).toSorted((a, b) => b - a);
  const sharpest = variances.slice(0, Math.ceil(variances.length * SHARPEST_SHARE));
  const variance = sharpest.reduce((sum, each) => sum + each, 0) / sharpest.length;
  return { scoreRatio: onLogScale(variance, BLURRED_VARIANCE, CRISP_VARIANCE), laplacianVariance: variance };
}

type Sums = { readonly edges: Float64Array; readonly squares: Float64Array; readonly counts: Float64Array };

/** Variance of the 4-neighbour Laplacian of each tile; in one pass over the picture, because it is done for every photo. */
function laplacianVariances(grey: GreyRaster): Float64Array {
  const tiles = TILES_A_SIDE * TILES_A_SIDE;
  const sums = { edges: new Float64Array(tiles), squares: new Float64Array(tiles), counts: new Float64Array(tiles) };
  const borders = Array.from({ length: TILES_A_SIDE + 1 }, (_, tile) =>
    Math.min(grey.widthPx - 1, Math.max(1, Math.ceil((tile * grey.widthPx) / TILES_A_SIDE))),
  );
  for (let y = 1; y < grey.heightPx - 1; y += 1) {
    const firstTile = TILES_A_SIDE * Math.floor((y * TILES_A_SIDE) / grey.heightPx);
    for (let tile = 0; tile < TILES_A_SIDE; tile += 1) {
      const row = y * grey.widthPx;
      addEdges(grey, row + (borders[tile] ?? 1), row + (borders[tile + 1] ?? 1), sums, firstTile + tile);
    }
  }
  return sums.edges.map((sum, tile) => {
    const count = sums.counts[tile] || 1;
    return Math.max(0, (sums.squares[tile] ?? 0) / count - (sum / count) ** 2);
  });
}

function addEdges(
  { data, widthPx }: GreyRaster,
  start: number,
  end: number,
  { edges, squares, counts }: Sums,
  tile: number,
): void {
  let sum = 0;
  let square = 0;
  for (let at = start; at < end; at += 1) {
    const around = (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - widthPx] ?? 0) + (data[at + widthPx] ?? 0);
    const edge = around - 4 * (data[at] ?? 0);
    sum += edge;
    square += edge * edge;
  }
  edges[tile] = (edges[tile] ?? 0) + sum;
  squares[tile] = (squares[tile] ?? 0) + square;
  counts[tile] = (counts[tile] ?? 0) + end - start;
}

function measureExposure({ data }: GreyRaster): Quality['exposure'] {
  let sum = 0;
  let dark = 0;
  let bright = 0;
  for (let at = 0; at < data.length; at += 1) {
    const luma = data[at] ?? 0;
    sum += luma;
    if (luma <= DARK_LUMA) dark += 1;
    else if (luma >= BRIGHT_LUMA) bright += 1;
  }
  const meanLuma = sum / data.length / 255;
  const clippedDarkRatio = dark / data.length;
  const clippedBrightRatio = bright / data.length;
  const scoreRatio =
    brightnessScore(meanLuma) *
    unclippedScore(clippedDarkRatio, CLIPPED_DARK) *
    unclippedScore(clippedBrightRatio, CLIPPED_BRIGHT);
  return { scoreRatio, meanLuma, clippedDarkRatio, clippedBrightRatio };
}

const brightnessScore = (meanLuma: number): number =>
  clamp(Math.min(meanLuma / COMFORTABLE_LUMA.from, (1 - meanLuma) / (1 - COMFORTABLE_LUMA.to)));

const unclippedScore = (clippedRatio: number, { free, half }: { free: number; half: number }): number =>
  clamp(1 - (0.5 * (clippedRatio - free)) / (half - free));
