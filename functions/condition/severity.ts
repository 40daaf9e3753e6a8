import type { CrackShape, SeverityReadFrom } from '../photos/finding-size.ts';
import type { Box, FindingKind, PhotoFinding, Severity } from '../photos/photo-assessment.ts';

/** Smallest sizes of a moderate and of a severe finding. */
type Steps = { readonly moderate: number; readonly severe: number };

/** Severity from the size of a finding on a photo. All numbers were chosen by eye: photos have no scale. */
export const SEVERITY_RULES = {
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
} as const;

type Extent = {
  readonly kind: FindingKind;
  readonly areaRatio: number | null;
  readonly box: Box | null;
  readonly shape?: CrackShape | undefined;
  readonly confidenceRatio: number;
  readonly thresholdRatio: number;
};

/**
 * The severity of a finding: by length for a crack, by area for other kinds, by kind alone without a region.
 *
 * By size never severe when the confidence is close to the threshold, nor on a close-up, in which a hairline crack looks large.
 */
export function severityOf(finding: Extent, photo: { readonly closeUp: boolean }): Severity {
  const neverMinor: readonly FindingKind[] = SEVERITY_RULES.neverMinor;
  const alwaysSevere: readonly FindingKind[] = SEVERITY_RULES.alwaysSevere;
  if (alwaysSevere.includes(finding.kind)) return 'severe';
  const bySize = sizeSeverity(finding);
  const least = neverMinor.includes(finding.kind) ? 'moderate' : 'minor';
  if (bySize === 'severe') return photo.closeUp || isBarelyCertain(finding) ? 'moderate' : 'severe';
  return bySize === 'minor' ? least : bySize;
}

function sizeSeverity({ kind, areaRatio, box, shape }: Pick<Extent, 'kind' | 'areaRatio' | 'box' | 'shape'>): Severity {
  if (areaRatio === null || box === null) return 'minor';
  return kind === 'crack'
    ? step(shape?.lengthRatio ?? Math.hypot(box.width, box.height) / Math.SQRT2, SEVERITY_RULES.crackLengthRatio)
    : step(areaRatio, SEVERITY_RULES.damagedAreaRatio);
}

/** What the severity of a finding was read from; `unknown` where nothing but its presence is known, and `minor` claims the least. */
export function severityReadFrom({ kind, areaRatio, box, shape, severity }: PhotoFinding): SeverityReadFrom {
  const byKind: readonly FindingKind[] = [...SEVERITY_RULES.alwaysSevere, ...SEVERITY_RULES.neverMinor];
  const alwaysSevere: readonly FindingKind[] = SEVERITY_RULES.alwaysSevere;
  if (alwaysSevere.includes(kind)) return 'kind';
  if (areaRatio === null || box === null) return byKind.includes(kind) ? 'kind' : 'unknown';
  const bySize = sizeSeverity({ kind, areaRatio, box, shape });
  if (bySize === 'minor' && severity !== 'minor') return 'kind';
  return kind === 'crack' ? 'length' : 'area';
}

const step = (size: number, { moderate, severe }: Steps): Severity =>
  size >= severe ? 'severe' : size >= moderate ? 'moderate' : 'minor';

const isBarelyCertain = ({ confidenceRatio, thresholdRatio }: Extent): boolean =>
  confidenceRatio - thresholdRatio < SEVERITY_RULES.marginOfSevereRatio * (1 - thresholdRatio);
