import type { InForce } from '../platform/policy-choice.ts';
import { MARKET } from './market-policy.ts';
import { COMP_RELEVANCE } from './relevance-policy.ts';
import { FAIR_MARKET_VALUE } from './value-policy.ts';

/** The policies by which comps are valued. */
export const VALUATION_POLICIES = { relevance: COMP_RELEVANCE, value: FAIR_MARKET_VALUE, market: MARKET } as const;

export type ValuationPolicies = InForce<typeof VALUATION_POLICIES>;
