import { type Property, UAD_CLASSES, type UadClass } from '../assets/asset.ts';
import { certaintyInWords } from '../photos/certainty.ts';
import { type ClassDistribution, expectedScore, notBetterThan, rankOf, worseOf } from './class-distribution.ts';
import type { PropertyRatingRules } from './property-rating-policy.ts';

/** What facts make likely before any photo is looked at, and why. */
export type ExpectedCondition = { readonly distribution: ClassDistribution; readonly reasons: readonly string[] };

/** The distribution of the classes that the gates of UAD 3.6 leave open for a property of these facts. */
export function expectedCondition(facts: Property, now: Date, rules: PropertyRatingRules): ExpectedCondition {
  const prior = priorOf(facts, now, rules);
  const closed = prior === 'new' ? [] : prior === 'renewed' ? [c1Closed(rules)] : [c1Closed(rules), c2Closed(rules)];
  return {
    distribution: rules.priors[prior],
    reasons: [...closed, `before the photos: ${inWords(rules.priors[prior])} (${WORDS_OF_PRIOR[prior]})`],
  };
}

type Prior = keyof PropertyRatingRules['priors'];

const inMonths = (years: number): string => `${12 * years} months`;

const c1Closed = ({ newConstructionYears }: PropertyRatingRules): string =>
  `C1 is closed: only within ${inMonths(newConstructionYears)} of construction`;
const c2Closed = ({ remodelledYears }: PropertyRatingRules): string =>
  `C2 is closed: only if new or remodelled to the studs within ${inMonths(remodelledYears)}`;
const WORDS_OF_PRIOR = {
  new: 'a new house',
  renewed: 'a house new or remodelled to the studs',
  typical: 'a typical house; its age is no condition',
} as const satisfies Record<Prior, string>;

function priorOf(
  { yearBuilt, yearRenovated, remodelledToStuds }: Property,
  now: Date,
  { newConstructionYears, remodelledYears }: PropertyRatingRules,
): Prior {
  const yearsSince = (year: number | undefined): number => now.getUTCFullYear() - (year ?? Number.NEGATIVE_INFINITY);
  if (yearsSince(yearBuilt) <= newConstructionYears) return 'new';
  const renewed = yearsSince(yearBuilt) <= remodelledYears;
  const remodelled = remodelledToStuds === true && yearsSince(yearRenovated) <= remodelledYears;
  return renewed || remodelled ? 'renewed' : 'typical';
}

/** The classes that are possible, with their shares in per cent. */
export const inWords = (distribution: ClassDistribution): string =>
  distribution
    .flatMap((share, index) => (share >= 0.005 ? [`${UAD_CLASSES[index]} ${certaintyInWords(share)}`] : []))
    .join(', ');

/**
 * What facts make likely, with the owner's statement of the class: nowhere better than without it, and never better than a
 * statement against the owner's interest.
 *
 * It is weighed before the findings, which then bound what it left: so that no further finding can make a rating better.
 */
export function withStatement(
  expected: ExpectedCondition,
  stated: UadClass,
  { againstInterestFrom, statedShareByDistance }: PropertyRatingRules,
): ExpectedCondition {
  const prior = expected.distribution;
  const weighted = prior.map(
    (share, index) => share * (statedShareByDistance[Math.abs(index + 1 - rankOf(stated))] ?? 0),
  );
  const whole = weighted.reduce((sum, share) => sum + share, 0);
  const distribution =
    rankOf(stated) >= rankOf(againstInterestFrom)
      ? notBetterThan(prior, stated)
      : worseOf(
          prior,
          weighted.map((share) => share / whole),
        );
  if (isNearly(expectedScore(distribution), expectedScore(prior))) return expected;
  return { distribution, reasons: [...expected.reasons, `with the stated ${stated}: ${inWords(distribution)}`] };
}

/** Whether two scores differ by no more than rounding. */
export const isNearly = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;
