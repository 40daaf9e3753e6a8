import { certaintyInWords } from '../photos/certainty.ts';
import { kindInWords } from '../photos/finding-words.ts';
import type { MergedFinding } from './assessment.ts';
import { notFoundOn } from './examined-summary.ts';
import type { View } from './photo-views.ts';
import type { PropertyRatingRules } from './property-rating-policy.ts';
import { bestClassWith, isToInspect } from './seen-condition.ts';

/** What each finding of a side does to its class. */
export const findingReasons = (findings: readonly MergedFinding[], rules: PropertyRatingRules): string[] =>
  findings.map((finding) => {
    const effect = effectOf(finding, rules);
    return `${described(finding)}: ${effect ?? 'experimental, not used for the rating'}`;
  });

/** Only of what was looked for: where nothing was examined, "no finding" would claim too much. */
export function notFoundReason(views: readonly View[]): string {
  const notFound = notFoundOn(views);
  const said = notFound.length > 0 ? notFound.join(', ') : 'damage was not examined';
  return `${said}; photos without findings do not tell C2 from C4`;
}

/** What a finding without a place does to the range of the whole; nothing when it is experimental. */
export function effectWherever(finding: MergedFinding, rules: PropertyRatingRules): string[] {
  const effect = effectOf(finding, rules);
  return effect ? [`${described(finding)}: its side is ${effect}; the range allows for it`] : [];
}

/** The classes that a finding leaves, in words; undefined when it has no effect on the rating. */
function effectOf(finding: MergedFinding, rules: PropertyRatingRules): string | undefined {
  const best = bestClassWith(finding, rules);
  if (!best) return undefined;
  return isToInspect(finding, rules) ? `anything from ${best} to C6 until it is inspected` : `${best} at best`;
}

const described = ({ severity, kind, location, confidenceRatio, photoIds }: MergedFinding): string =>
  `${severity} ${kindInWords(kind)}, ${location} (${certaintyInWords(confidenceRatio)}, ${photoIds.join(', ')})`;
