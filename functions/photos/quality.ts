import type { Quality } from './photo-assessment.ts';
import type { PhotoRules } from './photo-policy.ts';
import type { GreyRaster } from './raster.ts';

/** Longest side of the grey copy that sharpness and exposure are measured on, so that the file's size does not matter. */
export const QUALITY_COPY_PX = 640;

/** How a photo is measured; what the measures mean is a policy. All numbers were chosen by eye; pixels are luma 0..255. */
export const PHOTO_MEASUREMENT_RULES = {
  /** the picture is cut into 8 x 8 tiles, so that a plain wall beside a sharp window does not make a photo blurred */
  tilesPerSide: 8,
  /** the variance of a photo is the mean of its sharpest eighth of the tiles */
  sharpestShare: 1 / 8,
  /** luma at and below which, and at and above which, a pixel counts as clipped: it holds no detail */
  clippedLuma: { dark: 5, bright: 250 },
} as const;

type LogScale = { readonly none: number; readonly full: number };

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const onLogScale = (value: number, { none, full }: LogScale): number =>
  value <= 0 ? 0 : clamp(Math.log(value / none) / Math.log(full / none));

/** What is measured of a photo. */
export type PhotoMeasures = {
  readonly laplacianVariance: number;
  readonly meanLuma: number;
  readonly clippedDarkRatio: number;
  readonly clippedBrightRatio: number;
  readonly megapixels: number;
};

/** The measures of a photo, from its grey copy of at most QUALITY_COPY_PX and the size of the original. */
export const measurePhoto = (grey: GreyRaster, original: { widthPx: number; heightPx: number }): PhotoMeasures => ({
  laplacianVariance: sharpestVariance(grey),
  ...measureExposure(grey),
  megapixels: (original.widthPx * original.heightPx) / 1_000_000,
});

/**
 * How well a photo can be judged.
 *
 * score = cbrt(sharpness x exposure x resolution): a photo that is black, blurred or tiny is of no use, however good the
 * other parts are.
 */
export function qualityOf(measures: PhotoMeasures, rules: PhotoRules): Quality {
  const { laplacianVariance, meanLuma, clippedDarkRatio, clippedBrightRatio, megapixels } = measures;
  const sharpness = { scoreRatio: onLogScale(laplacianVariance, rules.laplacianVariance), laplacianVariance };
  const exposure = {
    scoreRatio:
      brightnessScore(meanLuma, rules.comfortableLuma) *
      unclippedScore(clippedDarkRatio, rules.clippedDark) *
      unclippedScore(clippedBrightRatio, rules.clippedBright),
    meanLuma,
    clippedDarkRatio,
    clippedBrightRatio,
  };
  const resolution = { scoreRatio: onLogScale(megapixels, rules.megapixels), megapixels };
  const scoreRatio = Math.cbrt(sharpness.scoreRatio * exposure.scoreRatio * resolution.scoreRatio);
  return { scoreRatio, sharpness, exposure, resolution };
}

/** The measures that a quality was computed from. */
export const measuresOf = ({ sharpness, exposure, resolution }: Quality): PhotoMeasures => ({
  laplacianVariance: sharpness.laplacianVariance,
  meanLuma: exposure.meanLuma,
  clippedDarkRatio: exposure.clippedDarkRatio,
  clippedBrightRatio: exposure.clippedBrightRatio,
  megapixels: resolution.megapixels,
});

function sharpestVariance(grey: GreyRaster): number {
  const variances = laplacianVariances(grey).toSorted((a, b) => b - a);
  const sharpest = variances.slice(0, Math.ceil(variances.length * PHOTO_MEASUREMENT_RULES.sharpestShare));
  return sharpest.reduce((sum, each) => sum + each, 0) / sharpest.length;
}

type Sums = { readonly edges: Float64Array; readonly squares: Float64Array; readonly counts: Float64Array };

/** Variance of the 4-neighbour Laplacian of each tile; in one pass over the picture, because it is done for every photo. */
function laplacianVariances(grey: GreyRaster): Float64Array {
  const { tilesPerSide } = PHOTO_MEASUREMENT_RULES;
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

function measureExposure({
  data,
}: GreyRaster): Pick<PhotoMeasures, 'meanLuma' | 'clippedDarkRatio' | 'clippedBrightRatio'> {
  const { dark: darkLuma, bright: brightLuma } = PHOTO_MEASUREMENT_RULES.clippedLuma;
  let sum = 0;
  let dark = 0;
  let bright = 0;
  for (let at = 0; at < data.length; at += 1) {
    const luma = data[at] ?? 0;
    sum += luma;
    if (luma <= darkLuma) dark += 1;
    else if (luma >= brightLuma) bright += 1;
  }
  return {
    meanLuma: sum / data.length / 255,
    clippedDarkRatio: dark / data.length,
    clippedBrightRatio: bright / data.length,
  };
}

const brightnessScore = (meanLuma: number, { from, to }: PhotoRules['comfortableLuma']): number =>
  clamp(Math.min(meanLuma / from, (1 - meanLuma) / (1 - to)));

const unclippedScore = (clippedRatio: number, { free, half }: { free: number; half: number }): number =>
  clamp(1 - (0.5 * (clippedRatio - free)) / (half - free));
