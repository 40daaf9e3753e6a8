import { type Property, UAD_CLASSES, type UadClass } from '../assets/asset.ts';
import type { MergedFinding } from './assessment.ts';
import {
  bestClassOf,
  type ClassDistribution,
  classAt,
  classAtQuantile,
  expectedScore,
  mix,
  rankOf,
} from './class-distribution.ts';
import { type ExpectedCondition, expectedCondition, inWords, isNearly, withStatement } from './expected-condition.ts';
import type { View } from './photo-views.ts';
import { placeAt, UNKNOWN_PLACE } from './places.ts';
import type { PropertyRatingRules } from './property-rating-policy.ts';
import { effectWherever, findingReasons, notFoundReason } from './property-reasons.ts';
import type { PropertyPartRating, PropertyRating } from './rating.ts';
import { boundedByFindings, weightOfFinding } from './seen-condition.ts';

type Evidence = { readonly views: readonly View[]; readonly findings: readonly MergedFinding[] };
type Side = 'interior' | 'exterior';

/**
 * The UAD condition of a property inside, outside and overall: a probability for each class, and from it score, class and
 * range.
 *
 * Gates and facts say which classes are open, findings on the photos bound them, and the owner's statement can only make
 * the rating worse. A side without enough usable photos is `undetermined`, and then so is the overall rating.
 *
 * @param views usable, without copies
 */
export function rateProperty(
  facts: Property,
  evidence: Evidence,
  now: Date,
  rules: PropertyRatingRules,
): PropertyRating {
  const expected = expectedCondition(facts, now, rules);
  const stated = facts.statedCondition;
  const seen = partsOf(expected, evidence, rules);
  const all = stated ? partsOf(withStatement(expected, stated, rules), evidence, rules) : seen;
  const noBetterThan = stated && rankOf(stated) >= rankOf(rules.againstInterestFrom) ? stated : undefined;
  const ratedPart = (part: Part) => rated(all[part], seen[part], noBetterThan, rules);
  return {
    scale: 'UAD',
    exterior: ratedPart('exterior'),
    interior: ratedPart('interior'),
    overall: ratedPart('overall'),
    ...(stated && { stated: statement(stated, all.overall, seen.overall, rules) }),
    quality: { status: 'not_rated_from_photos', ...(facts.statedQuality && { stated: facts.statedQuality }) },
  };
}

type Part = Side | 'overall';

function partsOf(expected: ExpectedCondition, evidence: Evidence, rules: PropertyRatingRules): Record<Part, Seen> {
  const exterior = seenSide('exterior', evidence, expected, rules);
  const interior = seenSide('interior', evidence, expected, rules);
  return { exterior, interior, overall: seenOverall({ exterior, interior }, evidence, rules) };
}

/** What is known of a part, by what is expected before the photos. */
type Seen =
  | {
      readonly status: 'seen';
      readonly distribution: ClassDistribution;
      /** what a finding without a place would make of it, for the range */
      readonly worst: ClassDistribution;
      readonly reasons: readonly string[];
    }
  | { readonly status: 'undetermined'; readonly reasons: readonly string[]; readonly missing: readonly string[] };

function seenSide(
  side: Side,
  { views, findings }: Evidence,
  expected: ExpectedCondition,
  rules: PropertyRatingRules,
): Seen {
  const all = views.map((view) => placeAt({ label: view.subject.label, hint: view.hint }));
  const seen = views.filter((_, index) => all[index]?.side === side);
  const onThisSide = findings.filter((finding) => finding.side === side);
  const places = distinctPlaces(all.filter((place) => place.side === side).map(({ name }) => name));
  // Two photos of one room are one room; the outside may be one place.
  const shown = side === 'interior' ? places.length : seen.length;
  if (shown < rules.leastViews[side]) return tooLittleSeen(side, shown, onThisSide, rules);
  const distribution = boundedByFindings(expected.distribution, onThisSide, rules);
  return {
    status: 'seen',
    distribution,
    worst: distribution,
    reasons: [
      ...findingReasons(onThisSide, rules),
      ...(onThisSide.some((finding) => weightOfFinding(finding, rules)) ? [] : [notFoundReason(seen)]),
      ...expected.reasons,
      `${count(seen.length, 'usable photo')} of ${places.join(', ')}`,
    ],
  };
}

/** A close-up of nobody knows which room may show one of the others. */
function distinctPlaces(names: readonly string[]): string[] {
  const known = new Set(names.filter((name) => name !== UNKNOWN_PLACE));
  return known.size > 0 ? [...known] : names.slice(0, 1);
}

function tooLittleSeen(
  side: Side,
  given: number,
  findings: readonly MergedFinding[],
  rules: PropertyRatingRules,
): Seen {
  const { interior, exterior } = rules.leastViews;
  const wanted = {
    interior: `usable photos of at least ${count(interior, 'different room')}, kitchen and bathroom first`,
    exterior: `${exterior === 1 ? 'a usable photo' : `${exterior} usable photos`} of the outside, the front first`,
  };
  const noun = { interior: 'room', exterior: 'usable photo' };
  return {
    status: 'undetermined',
    reasons: [`${count(given, noun[side])} of the ${side} shown`, ...findingReasons(findings, rules)],
    missing: [wanted[side]],
  };
}

/** The sides weighted class by class, so that the whole lies between them. Findings without a place widen its range. */
function seenOverall(
  { exterior, interior }: Readonly<Record<Side, Seen>>,
  { findings }: Evidence,
  rules: PropertyRatingRules,
): Seen {
  if (exterior.status === 'undetermined' || interior.status === 'undetermined') {
    const missing = [interior, exterior].flatMap((part) => (part.status === 'undetermined' ? part.missing : []));
    return { status: 'undetermined', reasons: ['the overall rating needs the inside and the outside'], missing };
  }
  const distribution = mix(interior.distribution, exterior.distribution, rules.interiorShare);
  const withoutPlace = findings.filter(({ side }) => side === 'unknown');
  const [inside, outside] = [Math.round(rules.interiorShare * 100), Math.round((1 - rules.interiorShare) * 100)];
  return {
    status: 'seen',
    distribution,
    worst: worstWith(withoutPlace, { exterior: exterior.distribution, interior: interior.distribution }, rules),
    reasons: [
      `inside ${named(interior.distribution)} x ${inside} %, outside ${named(exterior.distribution)} x ${outside} %`,
      ...withoutPlace.flatMap((finding) => effectWherever(finding, rules)),
    ],
  };
}

type Sides = Readonly<Record<Side, ClassDistribution>>;

/** The worse of the two: all findings without a place are inside, or all are outside. It is no worse than both halves. */
function worstWith(
  withoutPlace: readonly MergedFinding[],
  { interior, exterior }: Sides,
  rules: PropertyRatingRules,
): ClassDistribution {
  const inside = mix(boundedByFindings(interior, withoutPlace, rules), exterior, rules.interiorShare);
  const outside = mix(interior, boundedByFindings(exterior, withoutPlace, rules), rules.interiorShare);
  const worstOf = (distribution: ClassDistribution): number =>
    rankOf(classAtQuantile(distribution, rules.rangeQuantiles.to));
  const isInsideWorse = worstOf(inside) - worstOf(outside) || expectedScore(inside) - expectedScore(outside);
  return isInsideWorse > 0 ? inside : outside;
}

/** A part as it is rated, and as it is without the owner's statement. */
function rated(
  part: Seen,
  withoutStatement: Seen,
  noBetterThan: UadClass | undefined,
  rules: PropertyRatingRules,
): PropertyPartRating {
  if (part.status === 'undetermined') {
    const { reasons, missing } = part;
    return {
      status: 'undetermined',
      reasons: [...reasons],
      missing: [...missing],
      ...(noBetterThan && { noBetterThan }),
    };
  }
  const { distribution, worst, reasons } = part;
  // A statement leaves open what the photos show.
  const seen = withoutStatement.status === 'seen' ? withoutStatement.distribution : distribution;
  return {
    status: 'rated',
    ...figuresOf(distribution),
    range: {
      from: classAtQuantile(distribution, rules.rangeQuantiles.from),
      to: classAtQuantile(worst, rules.rangeQuantiles.to),
    },
    probabilities: probabilitiesOf(distribution),
    seen: figuresOf(seen),
    reasons: [...reasons, `${inWords(distribution)}: on average ${expectedScore(distribution).toFixed(1)}`],
  };
}

const figuresOf = (distribution: ClassDistribution) => ({
  score: Math.round(expectedScore(distribution) * 100) / 100,
  class: classAt(Math.round(expectedScore(distribution) * 100) / 100),
});

const probabilitiesOf = (distribution: ClassDistribution): Record<UadClass, number> =>
  Object.fromEntries(
    UAD_CLASSES.map((name, index) => [name, Math.round((distribution[index] ?? 0) * 1000) / 1000]),
  ) as Record<UadClass, number>;

/** What the owner's statement did to the overall rating, in words. */
function statement(
  stated: UadClass,
  overall: Seen,
  withoutStatement: Seen,
  rules: PropertyRatingRules,
): NonNullable<PropertyRating['stated']> {
  const againstInterest = rankOf(stated) >= rankOf(rules.againstInterestFrom);
  if (overall.status === 'undetermined' || withoutStatement.status === 'undetermined') {
    const meaning = againstInterest
      ? `stated ${stated}, against the owner's interest: the property is no better, whatever the photos show`
      : `stated ${stated}; the photos do not show enough to compare`;
    return { class: stated, outcome: 'not_compared', meaning };
  }
  const outcome = outcomeOf(stated, overall.distribution, withoutStatement.distribution);
  const seen = named(withoutStatement.distribution);
  const meaning = {
    agrees: `stated ${stated}: what is seen, ${seen}, does not contradict it, and is not bettered by it`,
    makes_worse: `stated ${stated}: worse than what is seen, ${seen}${againstInterest ? ", and against the owner's interest, so it holds" : ''}`,
    contradicted: `stated ${stated}, but ${bestClassOf(withoutStatement.distribution)} is the best that the facts and the photos allow`,
  }[outcome];
  return { class: stated, outcome, meaning };
}

/** `contradicted`: the stated class is better than every class that the photos and the gates leave. */
function outcomeOf(stated: UadClass, overall: ClassDistribution, seen: ClassDistribution) {
  if (rankOf(stated) < rankOf(bestClassOf(seen))) return 'contradicted';
  return isNearly(expectedScore(overall), expectedScore(seen)) ? 'agrees' : 'makes_worse';
}

const named = (distribution: ClassDistribution): string => {
  const { score, class: name } = figuresOf(distribution);
  return `${name} (${score.toFixed(2)})`;
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
