import type { AssetKind } from '../assets/asset.ts';
import { digestOf } from '../platform/policy.ts';
import type { InForce } from '../platform/policy-choice.ts';
import { MARKET } from './market-policy.ts';
import { COMP_RELEVANCE } from './relevance-policy.ts';
import { FAIR_MARKET_VALUE } from './value-policy.ts';

/** The policies by which comps are valued. */
export const VALUATION_POLICIES = { relevance: COMP_RELEVANCE, value: FAIR_MARKET_VALUE, market: MARKET } as const;

export type ValuationPolicies = InForce<typeof VALUATION_POLICIES>;

/** By which a trial of a policy puts a query on its side: the same for the list of its comps and every valuation by them. */
export const questionIdOf = ({
  kind,
  query,
}: {
  readonly kind: AssetKind;
  readonly query?: string | undefined;
}): string => digestOf({ kind, query: query ?? '' });
