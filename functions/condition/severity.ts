import type { Box, FindingKind, Severity } from '../photos/photo-assessment.ts';

/** From which size on a finding is moderate, and severe. */
type Steps = { readonly moderate: number; readonly severe: number };

/** Share of the photo's diagonal that a crack runs along. */
const CRACK_LENGTH: Steps = { moderate: 0.25, severe: 0.7 };
/** Share of the photo's area. */
const DAMAGED_AREA: Steps = { moderate: 0.03, severe: 0.15 };

/** Kinds that need more than a coat of paint, however small they look. */
const NEVER_MINOR: readonly FindingKind[] = ['spalling', 'hole', 'broken_window', 'roof_damage'];

/** A confidence in the lowest quarter between threshold and certainty carries no "severe". */
const SLIM_MARGIN_RATIO = 0.25;

type Extent = {
  readonly kind: FindingKind;
  readonly areaRatio: number | null;
  readonly box: Box | null;
  readonly confidenceRatio: number;
  readonly thresholdRatio: number;
};

/**
 * How bad a finding is: a crack by its length, everything else by its area.
 *
 * Never severe when the model is only just certain, nor on a close-up, where a hair crack fills the picture too. Without
 * a region only the kind speaks.
 */
export function severityOf(finding: Extent, photo: { readonly closeUp: boolean }): Severity {
  const bySize = sizeSeverity(finding);
  const least = NEVER_MINOR.includes(finding.kind) ? 'moderate' : 'minor';
  if (bySize === 'severe') return photo.closeUp || isSlim(finding) ? 'moderate' : 'severe';
  return bySize === 'minor' ? least : bySize;
}

function sizeSeverity({ kind, areaRatio, box }: Extent): Severity {
  if (areaRatio === null || box === null) return 'minor';
  return kind === 'crack'
    ? step(Math.hypot(box.width, box.height) / Math.SQRT2, CRACK_LENGTH)
    : step(areaRatio, DAMAGED_AREA);
}

const step = (size: number, { moderate, severe }: Steps): Severity =>
  size >= severe ? 'severe' : size >= moderate ? 'moderate' : 'minor';

const isSlim = ({ confidenceRatio, thresholdRatio }: Extent): boolean =>
  confidenceRatio - thresholdRatio < SLIM_MARGIN_RATIO * (1 - thresholdRatio);
