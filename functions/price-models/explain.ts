import { wholeMoney } from '../platform/whole-money.ts';
import type { FeatureMatrix } from './boosting/feature-matrix.ts';
import { addShap, type ShapTree } from './boosting/tree-shap.ts';
import { type FactGroup, groupsOf } from './fact-groups.ts';
import { PLANS } from './feature-plans.ts';
import { cleanFacts } from './features/feature.ts';
import type { PriceFacts } from './price-facts.ts';
import type { PriceModelSchema } from './price-model-schema.ts';
import type { Estimate, PriceContribution } from './price-prediction.ts';

/**
 * The estimate with what its median is made of: baseCents + the contributions = p50Cents, to the cent.
 *
 * SHAP values are exact for the logarithm of the price, and added up by group of facts. They become money by the logarithmic
 * mean: cents = share of the logarithm x (p50 - base) / ln(p50 / base), the one allotment that leaves no rest and does not
 * depend on an order of the groups.
 *
 * @param members the trees of each ensemble of which the mean is the median, as in the model's file
 * @param matrix the features of one row
 */
export function explainEstimate(
  schema: PriceModelSchema,
  members: readonly (readonly ShapTree[])[],
  facts: PriceFacts,
  matrix: FeatureMatrix,
  estimate: Estimate,
): Estimate {
  const logs = sumByGroup(schema, meanShap(members, matrix));
  const total = [...logs.values()].reduce((sum, log) => sum + log, 0);
  const baseCents = Math.round(estimate.p50Cents / Math.exp(total));
  const centsPerLog = total === 0 ? baseCents : (estimate.p50Cents - baseCents) / total;
  const clean = cleanFacts(facts);
  const contributions = [...logs]
    .map(([group, log]) => ({ group, cents: Math.round(log * centsPerLog) }))
    .toSorted((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
  const rest = contributions.reduce((left, { cents }) => left - cents, estimate.p50Cents - baseCents);
  return {
    ...estimate,
    baseCents,
    // The cents that rounding left over or took too many go to the largest.
    contributions: contributions.map(({ group, cents }, at) =>
      inWords(schema, group, clean, cents + (at === 0 ? rest : 0)),
    ),
  };
}

/** The mean of the members' SHAP values, by feature. */
function meanShap(members: readonly (readonly ShapTree[])[], { values, features }: FeatureMatrix): Float64Array {
  const contributions = new Float64Array(features);
  for (const trees of members) addShap(contributions, trees, values);
  return contributions.map((sum) => sum / members.length);
}

function sumByGroup({ plan, kind }: PriceModelSchema, shap: Float64Array): Map<FactGroup, number> {
  const groups = groupsOf(kind);
  const sums = new Map<FactGroup, number>();
  PLANS[plan].features.forEach(({ name, facts }, at) => {
    const group = groups.find((each) => each.facts.includes(facts[0] ?? ''));
    if (!group) throw new Error(`feature ${name} belongs to no group of facts`);
    sums.set(group, (sums.get(group) ?? 0) + (shap[at] as number));
  });
  return sums;
}

function inWords(schema: PriceModelSchema, group: FactGroup, facts: PriceFacts, cents: number): PriceContribution {
  const money = `${cents < 0 ? '−' : '+'}${wholeMoney(Math.abs(cents), schema.market.currency)}`;
  return { facts: [...group.facts], words: `${group.words(facts, schema.typical)}: ${money}`, cents };
}
