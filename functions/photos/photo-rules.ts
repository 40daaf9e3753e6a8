/**
 * How the measures of a photo become its quality, and what it can be used for. Each part of the quality is 0 where nothing can
 * be judged, 1 where more would not help. All numbers were chosen by eye; means and shares are 0..1.
 *
 * The default of the policy `photos`.
 */
export const PHOTO_RULES = {
  /** a photo of less quality is not used for a rating */
  usableQualityRatio: 0.2,
  /** a part of the quality (sharpness, exposure, resolution) below this is named in the notes */
  poorPartRatio: 0.35,
  /** score = log(variance / none) / log(full / none), in 0..1; a Laplacian variance of 100, the usual limit of "blurred", scores 0.45 */
  laplacianVariance: { none: 15, full: 1000 },
  /** mean luma between these costs nothing; outside, the score falls linearly, to 0 at black and white */
  comfortableLuma: { from: 0.25, to: 0.75 },
  /** score = 1 - 0.5 x (share of dark pixels - free) / (half - free), in 0..1 */
  clippedDark: { free: 0.1, half: 0.5 },
  /** the same for bright pixels; more of them are free, because white backgrounds are usual */
  clippedBright: { free: 0.3, half: 0.8 },
  /** score = log(megapixels / none) / log(full / none), in 0..1; the working copy has 1.6 at most (1280 x 1280) */
  megapixels: { none: 0.01, full: 1 },
} as const;
