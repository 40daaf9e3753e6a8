import { type Property, UAD_CLASSES, type UadClass } from '../assets/asset.ts';
import type { MergedFinding } from './assessment.ts';
import { combine, interpolate, type Statement, shareBetween } from './estimate.ts';
import { weightOf } from './merge-findings.ts';
import type { View } from './photo-views.ts';
import { placeOf, sideOf } from './places.ts';
import { PROPERTY_RATING_RULES } from './property-rating-rules.ts';
import type { PropertyPartRating, PropertyRating } from './rating.ts';

const RULES = PROPERTY_RATING_RULES;

type Evidence = { readonly views: readonly View[]; readonly findings: readonly MergedFinding[] };

/**
 * The UAD condition of a property inside, outside and overall, continuous from 1 (new) to 6 (unsafe).
 *
 * Facts (age, renovation, stated condition) give the expected score; every finding on the photos makes it worse, never
 * better. Experimental findings change nothing. A side without enough usable photos is `undetermined`, and then so is the
 * overall rating.
 *
 * @param views usable, without copies
 */
export function rateProperty(facts: Property, evidence: Evidence, now: Date): PropertyRating {
  const expected = expectedCondition(facts, now);
  const exterior = rateSide('exterior', evidence, expected);
  const interior = rateSide('interior', evidence, expected);
  return { scale: 'UAD', exterior, interior, overall: reconcile(exterior, interior, evidence, expected) };
}

type Expected = Statement & { readonly reasons: readonly string[] };

function expectedCondition(facts: Property, now: Date): Expected {
  const known = [statedCondition(facts), wear(facts, now)].filter((statement) => statement !== undefined);
  const reasons = known.map(({ reason }) => reason);
  const unknown = reasons.length === 0 ? ['no facts on age or condition: assumed to be a typical house'] : [];
  return { ...combine([RULES.typical, ...known]), reasons: [...reasons, ...unknown] };
}

type Reasoned = Statement & { readonly reason: string };

function statedCondition({ statedCondition: stated }: Property): Reasoned | undefined {
  if (!stated) return undefined;
  return { score: UAD_CLASSES.indexOf(stated) + 1, spread: RULES.statedSpread, reason: `stated condition ${stated}` };
}

function wear({ yearBuilt, yearRenovated }: Property, now: Date): Reasoned | undefined {
  const renewed = yearRenovated ?? yearBuilt;
  if (renewed === undefined) return undefined;
  const years = Math.max(0, now.getUTCFullYear() - renewed);
  const before = yearBuilt === undefined ? 0 : renewed - yearBuilt;
  const score = interpolate(RULES.scoreByAge, years + RULES.shareOfYearsKeptByRenovation * before);
  const told = [yearBuilt && `built ${yearBuilt}`, yearRenovated && `renovated ${yearRenovated}`]
    .filter(Boolean)
    .join(', ');
  return { score, spread: RULES.ageSpread, reason: `${told}: wear alone gives about ${score.toFixed(1)}` };
}

function rateSide(
  side: 'interior' | 'exterior',
  { views, findings }: Evidence,
  expected: Expected,
): PropertyPartRating {
  const seen = views.filter((view) => sideOf({ label: view.subject.label, hint: view.hint }) === side);
  const onThisSide = findings.filter((finding) => finding.side === side);
  if (seen.length < RULES.leastViews[side]) return tooFewViews(side, seen.length, onThisSide);
  const places = new Set(seen.map((view) => placeOf({ label: view.subject.label, hint: view.hint })));
  const shown = `${count(seen.length, 'usable photo')} of ${[...places].map(inWords).join(', ')}`;
  return rated(withFindings(expected, onThisSide, seen.length), [
    ...findingReasons(onThisSide),
    ...expected.reasons,
    shown,
  ]);
}

function tooFewViews(
  side: 'interior' | 'exterior',
  given: number,
  findings: readonly MergedFinding[],
): PropertyPartRating {
  const wanted = {
    interior: `at least ${RULES.leastViews.interior} usable photos of different rooms, kitchen and bathroom first`,
    exterior: 'a usable photo of the outside, the front first',
  };
  return {
    status: 'undetermined',
    // Where nothing was examined, "no damage seen" would say too much.
    reasons: [
      `${count(given, 'usable photo')} of the ${side}`,
      ...(findings.length > 0 ? findingReasons(findings) : []),
    ],
    missing: [wanted[side]],
  };
}

/** The weighted mean of the sides, made worse by the findings on close-ups whose side is unknown. */
function reconcile(
  exterior: PropertyPartRating,
  interior: PropertyPartRating,
  { views, findings }: Evidence,
  expected: Expected,
): PropertyPartRating {
  if (exterior.status === 'undetermined' || interior.status === 'undetermined') {
    const missing = [interior, exterior].flatMap((part) => (part.status === 'undetermined' ? part.missing : []));
    return { status: 'undetermined', reasons: ['the overall rating needs the inside and the outside'], missing };
  }
  const mean = RULES.interiorShare * interior.score + (1 - RULES.interiorShare) * exterior.score;
  const worse = Math.max(interior.score, exterior.score);
  const onUnknownSide = findings.filter(({ side }) => side === 'unknown');
  const both = { ...expected, score: Math.max(mean, worse - RULES.mostBetterThanWorseSide) };
  return rated(withFindings(both, onUnknownSide, views.length), [
    `inside ${interior.class} (${interior.score.toFixed(1)}), outside ${exterior.class} (${exterior.score.toFixed(1)}); the inside weighs more`,
    ...(onUnknownSide.length > 0 ? findingReasons(onUnknownSide) : []),
    ...expected.reasons,
  ]);
}

function withFindings(expected: Statement, findings: readonly MergedFinding[], viewCount: number): Statement {
  const { findingsAdd, bestScoreWithFinding, viewsThatHalveVariance, leastSpread } = RULES;
  const counting = findings.filter(({ experimental }) => !experimental);
  const points = counting.reduce((sum, finding) => sum + weightOf(finding) * factorOf(finding), 0);
  const damaged = expected.score + findingsAdd.most * (1 - Math.exp(-points / findingsAdd.pointsScale));
  const least = counting.length > 0 ? bestScoreWithFinding : 1;
  const surer = 1 / Math.sqrt(1 + viewCount / viewsThatHalveVariance);
  return { score: Math.min(6, Math.max(least, damaged)), spread: Math.max(leastSpread, expected.spread * surer) };
}

const factorOf = ({ kind }: MergedFinding): number => (kind === 'vehicle_damage' ? 0 : RULES.kindFactor[kind]);

function rated(estimate: Statement, reasons: readonly string[]): PropertyPartRating {
  const bounds = UAD_CLASSES.map((name, index): [UadClass, number] => [
    name,
    Math.round(
      shareBetween(estimate, index === 0 ? -Infinity : index + 0.5, index === 5 ? Infinity : index + 1.5) * 1000,
    ) / 1000,
  ]);
  const probabilities = Object.fromEntries(bounds) as Record<UadClass, number>;
  const nearest = UAD_CLASSES[Math.min(5, Math.round(estimate.score) - 1)] ?? 'C6';
  return {
    status: 'rated',
    score: Math.round(estimate.score * 100) / 100,
    class: nearest,
    probabilities,
    reasons: [...reasons],
  };
}

function findingReasons(findings: readonly MergedFinding[]): string[] {
  if (findings.length === 0) return ['no damage seen'];
  return findings.map(({ severity, kind, place, confidenceRatio, photoIds, experimental }) => {
    const certainty = `${Math.round(confidenceRatio * 100)} %`;
    const effect = experimental ? '; experimental, not used for the rating' : '';
    return `${severity} ${inWords(kind)}, ${inWords(place)} (${certainty}, ${photoIds.join(', ')}${effect})`;
  });
}

const inWords = (name: string): string => name.replaceAll('_', ' ');
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
