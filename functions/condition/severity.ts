import type { CrackShape, SeverityReadFrom } from '../photos/finding-size.ts';
import type { Box, FindingKind, PhotoFinding, Severity } from '../photos/photo-assessment.ts';
import type { FindingRules } from './finding-policy.ts';

/** Smallest sizes of a moderate and of a severe finding. */
type Steps = { readonly moderate: number; readonly severe: number };

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
export function severityOf(finding: Extent, photo: { readonly closeUp: boolean }, rules: FindingRules): Severity {
  if (rules.alwaysSevere.includes(finding.kind)) return 'severe';
  const bySize = sizeSeverity(finding, rules);
  const least = rules.neverMinor.includes(finding.kind) ? 'moderate' : 'minor';
  if (bySize === 'severe') return photo.closeUp || isBarelyCertain(finding, rules) ? 'moderate' : 'severe';
  return bySize === 'minor' ? least : bySize;
}

function sizeSeverity(
  { kind, areaRatio, box, shape }: Pick<Extent, 'kind' | 'areaRatio' | 'box' | 'shape'>,
  { crackLengthRatio, damagedAreaRatio }: FindingRules,
): Severity {
  if (areaRatio === null || box === null) return 'minor';
  return kind === 'crack'
    ? step(shape?.lengthRatio ?? Math.hypot(box.width, box.height) / Math.SQRT2, crackLengthRatio)
    : step(areaRatio, damagedAreaRatio);
}

/** What the severity of a finding was read from; `unknown` where nothing but its presence is known, and `minor` claims the least. */
export function severityReadFrom(
  { kind, areaRatio, box, shape, severity }: PhotoFinding,
  rules: FindingRules,
): SeverityReadFrom {
  const byKind: readonly FindingKind[] = [...rules.alwaysSevere, ...rules.neverMinor];
  if (rules.alwaysSevere.includes(kind)) return 'kind';
  if (areaRatio === null || box === null) return byKind.includes(kind) ? 'kind' : 'unknown';
  const bySize = sizeSeverity({ kind, areaRatio, box, shape }, rules);
  if (bySize === 'minor' && severity !== 'minor') return 'kind';
  return kind === 'crack' ? 'length' : 'area';
}

const step = (size: number, { moderate, severe }: Steps): Severity =>
  size >= severe ? 'severe' : size >= moderate ? 'moderate' : 'minor';

const isBarelyCertain = ({ confidenceRatio, thresholdRatio }: Extent, { marginOfSevereRatio }: FindingRules): boolean =>
  confidenceRatio - thresholdRatio < marginOfSevereRatio * (1 - thresholdRatio);
