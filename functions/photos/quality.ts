import type { Quality } from './photo-assessment.ts';
import type { GreyRaster } from './raster.ts';

/** Longest side of the grey copy that sharpness and exposure are measured on, so that the file's size does not matter. */
export const QUALITY_COPY_PX = 640;

/**
 * How a photo's measures become its quality. Each part is 0 where nothing can be judged, 1 where more would not help. All
 * numbers were chosen by eye unless an entry has another source; pixels are luma 0..255, means and shares 0..1.
 */
export const PHOTO_QUALITY_RULES = {
  sharpness: {
    /** the picture is cut into 8 x 8 tiles, so that a plain wall beside a sharp window does not make a photo blurred */
    tilesPerSide: 8,
    /** the variance of a photo is the mean of its sharpest eighth of the tiles */
    sharpestShare: 1 / 8,
    /** score = log(variance / none) / log(full / none), in 0..1; a Laplacian variance of 100, the usual limit of "blurred", scores 0.45 */
    laplacianVariance: { none: 15, full: 1000 },
  },
  exposure: {
    /** luma at and below which, and at and above which, a pixel counts as clipped: it holds no detail */
    clippedLuma: { dark: 5, bright: 250 },
    /** mean luma between these costs nothing; outside, the score falls linearly, to 0 at black and white */
    comfortableLuma: { from: 0.25, to: 0.75 },
    /** score = 1 - 0.5 x (share of dark pixels - free) / (half - free), in 0..1 */
    clippedDark: { free: 0.1, half: 0.5 },
    /** the same for bright pixels; more of them are free, because white backgrounds are usual */
    clippedBright: { free: 0.3, half: 0.8 },
  },
  resolution: {
    /** score = log(megapixels / none) / log(full / none), in 0..1; the working copy has 1.6 at most (1280 x 1280) */
    megapixels: { none: 0.01, full: 1 },
  },
} as const;

type LogScale = { readonly none: number; readonly full: number };

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const onLogScale = (value: number, { none, full }: LogScale): number =>
  value <= 0 ? 0 : clamp(Math.log(value / none) / Math.log(full / none));

/**
 * How well a photo can be judged, from its grey copy of at most QUALITY_COPY_PX and the size of the original.
 *
 * score = cbrt(sharpness x exposure x resolution): a photo that is black, blurred or tiny is of no use, however good the
 * other parts are.
 */
export function measureQuality(grey: GreyRaster, original: { widthPx: number; heightPx: number }): Quality {
  const sharpness = measureSharpness(grey);
  const exposure = measureExposure(grey);
  const megapixels = (original.widthPx * original.heightPx) / 1_000_000;
  const resolution = { scoreRatio: onLogScale(megapixels, PHOTO_QUALITY_RULES.resolution.megapixels), megapixels };
  const scoreRatio = Math.cbrt(sharpness.scoreRatio * exposure.scoreRatio * resolution.scoreRatio);
  return { scoreRatio, sharpness, exposure, resolution };
}

function measureSharpness(grey: GreyRaster): Quality['sharpness'] {
  const { sharpestShare, laplacianVariance } = PHOTO_QUALITY_RULES.sharpness;
  const variances = laplacianVariances(grey).toSorted((a, b) => b - a);
  const sharpest = variances.slice(0, Math.ceil(variances.length * sharpestShare));
  const variance = sharpest.reduce((sum, each) => sum + each, 0) / sharpest.length;
  return { scoreRatio: onLogScale(variance, laplacianVariance), laplacianVariance: variance };
}

type Sums = { readonly edges: Float64Array; readonly squares: Float64Array; readonly counts: Float64Array };

/** Variance of the 4-neighbour Laplacian of each tile; in one pass over the picture, because it is done for every photo. */
function laplacianVariances(grey: GreyRaster): Float64Array {
  const { tilesPerSide } = PHOTO_QUALITY_RULES.sharpness;
  const tiles = tilesPerSide * tilesPerSide;
  const sums = { edges: new Float64Array(tiles), squares: new Float64Array(tiles), counts: new Float64Array(tiles) };
  const borders = Array.from({ length: tilesPerSide + 1 }, (_, tile) =>
    Math.min(grey.widthPx - 1, Math.max(1, Math.ceil((tile * grey.widthPx) / tilesPerSide))),
  );
  for (let y = 1; y < grey.heightPx - 1; y += 1) {
    const firstTile = tilesPerSide * Math.floor((y * tilesPerSide) / grey.heightPx);
    for (let tile = 0; tile < tilesPerSide; tile += 1) {
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
  const { clippedLuma, clippedDark, clippedBright } = PHOTO_QUALITY_RULES.exposure;
  const { dark: darkLuma, bright: brightLuma } = clippedLuma;
  let sum = 0;
  let dark = 0;
  let bright = 0;
  for (let at = 0; at < data.length; at += 1) {
    const luma = data[at] ?? 0;
    sum += luma;
    if (luma <= darkLuma) dark += 1;
    else if (luma >= brightLuma) bright += 1;
  }
  const meanLuma = sum / data.length / 255;
  const clippedDarkRatio = dark / data.length;
  const clippedBrightRatio = bright / data.length;
  const scoreRatio =
    brightnessScore(meanLuma) *
    unclippedScore(clippedDarkRatio, clippedDark) *
    unclippedScore(clippedBrightRatio, clippedBright);
  return { scoreRatio, meanLuma, clippedDarkRatio, clippedBrightRatio };
}

function brightnessScore(meanLuma: number): number {
  const { from, to } = PHOTO_QUALITY_RULES.exposure.comfortableLuma;
  return clamp(Math.min(meanLuma / from, (1 - meanLuma) / (1 - to)));
}

const unclippedScore = (clippedRatio: number, { free, half }: { free: number; half: number }): number =>
  clamp(1 - (0.5 * (clippedRatio - free)) / (half - free));
