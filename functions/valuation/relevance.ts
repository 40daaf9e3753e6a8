import type { AssetKind } from '../assets/asset.ts';
import { titleReader } from './read-title.ts';
import type { RelevanceRule, RelevanceRules } from './relevance-policy.ts';
import { type Difference, differencesBetween } from './title-differences.ts';

/** How far a comp is the thing of the query, and by which rules it is not. */
export type Relevance = {
  /** 0 … 1, the product of the factors of the reasons */
  readonly relevanceRatio: number;
  readonly isRelevant: boolean;
  readonly reasons: readonly RelevanceReason[];
};

export type RelevanceReason = {
  readonly rule: RelevanceRule;
  readonly factorRatio: number;
  /** such as: graded PSA 10; the query names no grade */
  readonly text: string;
};

/**
 * Judges titles by one query, deterministically: words, numbers, years, grades, lines and variants are compared one by one.
 *
 * What a query does not name, the thing does not have: no grade is raw, no parallel is base, no print run is unnumbered.
 * What a title does not name is unknown, and lessens relevance a little.
 */
export function relevanceTo(query: string, kind: AssetKind, policy: RelevanceRules) {
  const read = titleReader(kind, policy.lexicon);
  const wanted = read(query);
  return (title: string): Relevance => {
    const differences = differencesBetween(wanted, read(title, wanted.isCardGame), policy.lexicon);
    return judged(differences, policy);
  };
}

function judged(differences: readonly Difference[], { factors, relevantFrom }: RelevanceRules): Relevance {
  const reasons = differences.map(({ rule, text }) => ({ rule, factorRatio: factors[rule], text }));
  const relevanceRatio = reasons.reduce((product, { factorRatio }) => product * factorRatio, 1);
  return { relevanceRatio, isRelevant: relevanceRatio >= relevantFrom, reasons };
}
