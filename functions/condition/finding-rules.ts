import type { FindingKind, Severity } from '../photos/photo-assessment.ts';

/**
 * How bad a finding is, and what is said of a crack. All numbers were chosen by eye: photos have no scale. Widths are in cells
 * of the model's map, each 16 px of a picture of 224 px.
 *
 * The default of the policy `findings`.
 */
export const FINDING_RULES = {
  /** length of a crack along its main axis, in shares of the photo's diagonal; of a model that gives a box alone, that of its box */
  crackLengthRatio: { moderate: 0.25, severe: 0.7 },
  /** area of the region / area of the photo, for all other kinds */
  damagedAreaRatio: { moderate: 0.03, severe: 0.15 },
  /** kinds that are at least moderate at any size: their repair needs more than paint, or nobody knows what it needs */
  neverMinor: ['spalling', 'hole', 'broken_window', 'roof_damage', 'unknown_damage'] satisfies FindingKind[],
  /** kinds that are severe at any size, from afar and close up */
  alwaysSevere: ['destroyed'] satisfies FindingKind[],
  /** severe needs confidence >= threshold + 0.25 x (1 - threshold) */
  marginOfSevereRatio: 0.25,
  /**
   * points = those of the severity x the model's confidence: the order of findings.
   * Each severity is about twice the one before: chosen by eye.
   */
  severityPoints: { minor: 0.35, moderate: 0.8, severe: 1.6 } satisfies Record<Severity, number>,
  crackCells: {
    /** up to so many cells a region may hold a crack thinner than a cell, because the map marks about a cell beside it */
    thin: 2.5,
    /** from so many on there is a gap, or several cracks side by side */
    open: 3.3,
    /** shorter regions are too small to compare width and length */
    leastLength: 5,
  },
} as const;
