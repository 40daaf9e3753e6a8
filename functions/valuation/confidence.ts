import type { ValueRules } from './value-policy.ts';
import { meanOf, squaredSpreadFrom, type Weighted } from './weighted.ts';

export const CONFIDENCE_BANDS = ['excellent', 'good', 'moderate', 'high_variation', 'chaotic'] as const;
export type ConfidenceBand = (typeof CONFIDENCE_BANDS)[number];

/** The spread of prices in relation to their mean (coefficient of variation). */
export const spreadRatioOf = (points: readonly Weighted[]): number => {
  const mean = meanOf(points);
  return Math.sqrt(squaredSpreadFrom(mean, points)) / mean;
};

/**
 * 1 / (1 + e), e being the relative error to expect of the next sale: e² = (a c² + (k - 1) s²) / (a + k - 1) x (1 + 1/n), with
 * s the spread of k sales, n their evidence, and a sales of the spread c known beforehand.
 *
 * Two equal sales are thus less sure than two hundred. More of the same evidence never lowers it.
 */
export function confidenceOf(points: readonly Weighted[], evidence: number, { confidence }: ValueRules): number {
  const { priorSpreadRatio, priorSales } = confidence;
  const sales = points.length - 1;
  const squared = (priorSales * priorSpreadRatio ** 2 + sales * spreadRatioOf(points) ** 2) / (priorSales + sales);
  return 1 / (1 + Math.sqrt(squared * (1 + 1 / evidence)));
}

export function bandOf(confidenceRatio: number, { confidenceBands: bands }: ValueRules): ConfidenceBand {
  if (confidenceRatio >= bands.excellent) return 'excellent';
  if (confidenceRatio >= bands.good) return 'good';
  if (confidenceRatio >= bands.moderate) return 'moderate';
  return confidenceRatio >= bands.high_variation ? 'high_variation' : 'chaotic';
}

export const VOLUME_LEVELS = ['low', 'medium', 'high'] as const;
export type VolumeLevel = (typeof VOLUME_LEVELS)[number];

/** How much of the evidence was sold in competition; a level needs its number of sales, and a wide spread lowers it by one. */
export function volumeLevelOf(
  formatWeights: readonly number[],
  spreadRatio: number,
  { volume }: ValueRules,
): VolumeLevel {
  const share = formatWeights.filter((weight) => weight > 1).length / formatWeights.length;
  const sales = formatWeights.length;
  const isHigh = share >= volume.highShare && sales >= volume.highSales;
  const isMedium = share >= volume.mediumShare && sales >= volume.mediumSales;
  const level = isHigh ? 2 : isMedium ? 1 : 0;
  return VOLUME_LEVELS[Math.max(0, level - (spreadRatio > volume.wideSpreadRatio ? 1 : 0))] ?? 'low';
}
