import type { UadClass } from '../assets/asset.ts';
import type { MergedFinding } from './assessment.ts';
import { type ClassDistribution, mix, notBetterThan, openFrom, rankOf } from './class-distribution.ts';
import type { PropertyRatingRules } from './property-rating-policy.ts';
import { FINDING_WEIGHTS, type FindingWeight } from './property-rating-rules.ts';

/** How bad a finding is for a property; undefined when it says nothing of it, or its model is experimental. */
export function weightOfFinding(
  { kind, severity, experimental }: MergedFinding,
  rules: PropertyRatingRules,
): FindingWeight | undefined {
  if (experimental || kind === 'vehicle_damage') return undefined;
  return rules.weightOf[kind][severity];
}

/** The best class that is left with a finding. */
export function bestClassWith(finding: MergedFinding, rules: PropertyRatingRules): UadClass | undefined {
  const weight = weightOfFinding(finding, rules);
  return weight && rules.bestClassWith[weight];
}

/**
 * The distribution of the classes after these findings: each bounds the class, as surely as it is confident.
 *
 * First findings to inspect, which leave every class from C4 to C6 open. Then for each weight in turn, q = 1 - product of
 * (1 - confidence) over the findings of that weight or worse, and distribution <- q x bounded + (1 - q) x distribution. More
 * findings, worse or surer ones never make it better.
 */
export function boundedByFindings(
  expected: ClassDistribution,
  findings: readonly MergedFinding[],
  rules: PropertyRatingRules,
): ClassDistribution {
  const counted = findings.filter((finding) => weightOfFinding(finding, rules) !== undefined);
  const toInspect = counted.filter((finding) => isToInspect(finding, rules));
  const known = counted.filter((finding) => !isToInspect(finding, rules));
  const open = mix(openFrom(expected, rules.bestClassWith.inspect), expected, certaintyOfAny(toInspect));
  return FINDING_WEIGHTS.reduce((distribution, weight) => {
    const bounded = notBetterThan(distribution, rules.bestClassWith[weight]);
    return mix(bounded, distribution, certaintyOf(weight, known, rules));
  }, open);
}

/** Whether nobody can tell from the photos how bad a finding is. */
export const isToInspect = (finding: MergedFinding, rules: PropertyRatingRules): boolean =>
  weightOfFinding(finding, rules) === 'inspect';

const certaintyOfAny = (findings: readonly MergedFinding[]): number =>
  1 - findings.reduce((product, { confidenceRatio }) => product * (1 - confidenceRatio), 1);

function certaintyOf(weight: FindingWeight, findings: readonly MergedFinding[], rules: PropertyRatingRules): number {
  const asBad = certaintyOfAny(findings.filter((finding) => isAsBadAs(finding, weight, rules)));
  return weight === 'moderate' ? Math.max(asBad, certaintyOfSeveral(findings, rules)) : asBad;
}

const isAsBadAs = (finding: MergedFinding, weight: FindingWeight, rules: PropertyRatingRules): boolean => {
  const best = bestClassWith(finding, rules);
  return best !== undefined && rankOf(best) >= rankOf(rules.bestClassWith[weight]);
};

/** How sure it is that there are several findings: as sure as the last of them that is needed. */
const certaintyOfSeveral = (
  findings: readonly MergedFinding[],
  { cosmeticFindingsOfC4 }: PropertyRatingRules,
): number =>
  findings.map(({ confidenceRatio }) => confidenceRatio).toSorted((a, b) => b - a)[cosmeticFindingsOfC4 - 1] ?? 0;
