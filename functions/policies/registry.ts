import { z } from 'zod';
import { PROPERTY_RATING } from '../assessments/property-rating-policy.ts';
import { VEHICLE_RATING } from '../assessments/vehicle-rating-policy.ts';
import { FUSED_VALUE } from '../asset-value/fused-value-policy.ts';
import { EVIDENCE } from '../authenticity/evidence-policy.ts';
import { FINDINGS } from '../condition/finding-policy.ts';
import { GRADING } from '../grading/grading-policy.ts';
import { PHOTOS } from '../photos/photo-policy.ts';
import type { Policy } from '../platform/policy.ts';
import { MARKET } from '../valuation/market-policy.ts';
import { COMP_RELEVANCE } from '../valuation/relevance-policy.ts';
import { FAIR_MARKET_VALUE } from '../valuation/value-policy.ts';

/** Every policy, in the order in which they are listed. */
export const POLICIES = [
  PROPERTY_RATING,
  VEHICLE_RATING,
  FINDINGS,
  PHOTOS,
  EVIDENCE,
  FUSED_VALUE,
  COMP_RELEVANCE,
  FAIR_MARKET_VALUE,
  MARKET,
  GRADING,
] as const satisfies readonly Policy[];

export type PolicyName = (typeof POLICIES)[number]['name'];

export const POLICY_NAMES: readonly PolicyName[] = POLICIES.map(({ name }) => name);

export const policyNamed = (name: PolicyName): Policy => POLICIES.find((policy) => policy.name === name) as Policy;

/** The JSON schemas of their documents, for the OpenAPI document; the title of each is the name of its policy. */
export const DOCUMENT_SCHEMAS = POLICIES.map(({ name, summary, schema }) => {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return { ...json, title: name, description: summary };
});
