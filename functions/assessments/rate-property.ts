import { type Property, UAD_CLASSES, type UadClass } from '../assets/asset.ts';
import type { FindingKind } from '../photos/photo-assessment.ts';
import type { MergedFinding } from './assessment.ts';
import { combine, interpolate, type Statement, shareBetween } from './estimate.ts';
import { weightOf } from './merge-findings.ts';
import type { View } from './photo-views.ts';
import { placeOf, sideOf } from './places.ts';
import type { PropertyPartRating, PropertyRating } from './rating.ts';

/** The usual house: appraisers rate most C3 or C4. */
const USUAL: Statement = { score: 3.4, spread: 0.8 };
/** What an owner states is believed more than the usual, and corrected by the photos. */
const STATED_SPREAD = 0.5;
/** Years since the house was built or renewed, to the score that wear alone makes of it (B4-1.3-06: C1 new … C4 worn but adequate). */
const SCORE_BY_AGE = [
  [0, 1.5],
  [5, 2.2],
  [15, 2.9],
  [30, 3.4],
  [60, 3.8],
  [100, 4],
] as const;
const AGE_SPREAD = 0.6;
/** A renovation renews most of a house: a quarter of the years before it still count. */
const YEARS_KEPT_BY_RENOVATION = 0.25;

/** Points of damage at which most of the way to the worst is gone; more adds ever less. */
const MOST_DAMAGE = 3;
const DAMAGE_SCALE = 2.5;
/** How bad the same severity is by kind: what threatens soundness before what wants paint. */
const KIND_FACTOR: Record<FindingKind, number> = {
  roof_damage: 1.2,
  spalling: 1.1,
  crack: 1,
  mould: 1,
  damp_stain: 0.9,
  hole: 0.9,
  broken_window: 0.8,
  peeling_paint: 0.5,
};
/** C2 is "no deferred maintenance, require no repairs": with a damage a house is C3 at best. */
const BEST_WITH_DAMAGE = 2.5;

const LEAST_VIEWS = { interior: 2, exterior: 1 } as const;
/** Buyers and appraisers weigh the inside more; the overall rating is never more than a class better than the worse side. */
const INTERIOR_SHARE = 0.6;
const BETTER_THAN_WORSE_SIDE = 1;
/** Each view that counts makes the rating surer, but never surer than appraisers are of one another. */
const VIEWS_THAT_HALVE_VARIANCE = 6;
const LEAST_SPREAD = 0.45;

type Evidence = { readonly views: readonly View[]; readonly findings: readonly MergedFinding[] };

/**
 * The UAD condition of a property inside, outside and overall, continuous from 1 (new) to 6 (unsafe).
 *
 * Facts (age, renovation, stated condition) say where wear should have brought it; every damage on the photos moves it from
 * there towards the worst, never back. Experimental findings move nothing. A side without enough usable photos is
 * `undetermined`, and so then is the whole.
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
  const unknown = reasons.length === 0 ? ['no facts on age or condition: taken as a usual house'] : [];
  return { ...combine([USUAL, ...known]), reasons: [...reasons, ...unknown] };
}

type Reasoned = Statement & { readonly reason: string };

function statedCondition({ statedCondition: stated }: Property): Reasoned | undefined {
  if (!stated) return undefined;
  return { score: UAD_CLASSES.indexOf(stated) + 1, spread: STATED_SPREAD, reason: `stated condition ${stated}` };
}

function wear({ yearBuilt, yearRenovated }: Property, now: Date): Reasoned | undefined {
  const renewed = yearRenovated ?? yearBuilt;
  if (renewed === undefined) return undefined;
  const years = Math.max(0, now.getUTCFullYear() - renewed);
  const before = yearBuilt === undefined ? 0 : renewed - yearBuilt;
  const score = interpolate(SCORE_BY_AGE, years + YEARS_KEPT_BY_RENOVATION * before);
  const told = [yearBuilt && `built ${yearBuilt}`, yearRenovated && `renovated ${yearRenovated}`]
    .filter(Boolean)
    .join(', ');
  return { score, spread: AGE_SPREAD, reason: `${told}: wear alone would make it about ${score.toFixed(1)}` };
}

function rateSide(
  side: 'interior' | 'exterior',
  { views, findings }: Evidence,
  expected: Expected,
): PropertyPartRating {
  const seen = views.filter((view) => sideOf({ label: view.subject.label, hint: view.hint }) === side);
  const damages = findings.filter((finding) => finding.side === side);
  if (seen.length < LEAST_VIEWS[side]) return tooFewViews(side, seen.length, damages);
  const places = new Set(seen.map((view) => placeOf({ label: view.subject.label, hint: view.hint })));
  const shown = `${count(seen.length, 'usable photo')} of ${[...places].map(inWords).join(', ')}`;
  return rated(withDamage(expected, damages, seen.length), [...damageReasons(damages), ...expected.reasons, shown]);
}

function tooFewViews(
  side: 'interior' | 'exterior',
  given: number,
  damages: readonly MergedFinding[],
): PropertyPartRating {
  const wanted = {
    interior: `at least ${LEAST_VIEWS.interior} usable photos of different rooms, kitchen and bathroom first`,
    exterior: 'a usable photo of the outside, the front first',
  };
  return {
    status: 'undetermined',
    // Where nothing was looked at, "no damage seen" would say too much.
    reasons: [`${count(given, 'usable photo')} of the ${side}`, ...(damages.length > 0 ? damageReasons(damages) : [])],
    missing: [wanted[side]],
  };
}

/** The sides weighed, and the damages on close-ups of which nobody knows where they are. */
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
  const mean = INTERIOR_SHARE * interior.score + (1 - INTERIOR_SHARE) * exterior.score;
  const worse = Math.max(interior.score, exterior.score);
  const damages = findings.filter(({ side }) => side === 'unknown');
  const both = { ...expected, score: Math.max(mean, worse - BETTER_THAN_WORSE_SIDE) };
  return rated(withDamage(both, damages, views.length), [
    `inside ${interior.class} (${interior.score.toFixed(1)}), outside ${exterior.class} (${exterior.score.toFixed(1)}); the inside weighs more`,
    ...(damages.length > 0 ? damageReasons(damages) : []),
    ...expected.reasons,
  ]);
}

function withDamage(expected: Statement, damages: readonly MergedFinding[], viewCount: number): Statement {
  const counting = damages.filter(({ experimental }) => !experimental);
  const points = counting.reduce((sum, finding) => sum + weightOf(finding) * factorOf(finding), 0);
  const damaged = expected.score + MOST_DAMAGE * (1 - Math.exp(-points / DAMAGE_SCALE));
  const least = counting.length > 0 ? BEST_WITH_DAMAGE : 1;
  const surer = 1 / Math.sqrt(1 + viewCount / VIEWS_THAT_HALVE_VARIANCE);
  return { score: Math.min(6, Math.max(least, damaged)), spread: Math.max(LEAST_SPREAD, expected.spread * surer) };
}

const factorOf = ({ kind }: MergedFinding): number => (kind === 'vehicle_damage' ? 0 : KIND_FACTOR[kind]);

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

function damageReasons(damages: readonly MergedFinding[]): string[] {
  if (damages.length === 0) return ['no damage seen'];
  return damages.map(({ severity, kind, place, confidenceRatio, photoIds, experimental }) => {
    const certainty = `${Math.round(confidenceRatio * 100)} %`;
    const effect = experimental ? '; experimental, moves no rating' : '';
    return `${severity} ${inWords(kind)}, ${inWords(place)} (${certainty}, ${photoIds.join(', ')}${effect})`;
  });
}

const inWords = (name: string): string => name.replaceAll('_', ' ');
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
