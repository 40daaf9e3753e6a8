import type { Asset } from '../assets/asset.ts';
import { LEVEL_RATIO } from '../price-models/price-model-schema.ts';
import type { ClassShares } from '../valuation/condition-worth.ts';
import type { AssetValue, ValueSource } from './asset-value.ts';
import { combineSources, disagree, type Estimate } from './combine-sources.ts';
import { inCondition, worthOf } from './condition-effect.ts';
import type { FusedValueRules } from './fused-value-policy.ts';
import { type Beside, beside, type Source, sourcesOf, sourceView } from './sources-of.ts';
import { statedView, statementBeside } from './stated-value.ts';
import type { ValueEvidence } from './value-evidence.ts';
import { contradictionText, missingFacts, noEvidenceReasons, reasonsOf } from './value-reasons.ts';

/** What is to be valued, and what is known of it. */
export type Known = {
  readonly asset: Asset;
  readonly evidence: ValueEvidence;
  /** probabilities of the classes of a property as a whole; undefined where its condition is undetermined */
  readonly condition: ClassShares | undefined;
};

type Valued = Extract<AssetValue, { status: 'valued' }>;

/**
 * What an asset is worth, by the evidence, the condition that was seen, and what its owner says.
 *
 * Sources that have nothing in common are not averaged: all are shown, and none is chosen. A statement is no evidence: alone it is
 * repeated, beside evidence it can lower the value a little, and never raises it or narrows its interval.
 */
export function valueAsset(known: Known, rules: FusedValueRules, now: Date): AssetValue {
  const { evidence } = known;
  const today = now.toISOString().slice(0, 10);
  const [first, ...others] = sourcesOf(evidence);
  const common = { missing: missingFacts(evidence), evidence };
  if (!first) return withoutEvidence(known.asset, common, today);
  const rest = others.map((each) => beside(first, each, rules));
  const against = rest.find((each) => each.isCombined && disagree(first.estimate, each.estimate));
  if (against) return { ...contradictory(known.asset, [first, ...rest.map(({ source }) => source)], today), ...common };
  return { ...valued(known, first, rest, rules, today), ...common };
}

function valued(
  { asset, evidence, condition: classes }: Known,
  first: Source,
  rest: readonly Beside[],
  rules: FusedValueRules,
  today: string,
): Omit<Valued, 'missing' | 'evidence'> {
  const combined = rest.filter((each) => each.isCombined);
  const fused = combineSources([first.estimate, ...combined.map(({ estimate }) => estimate)], rules);
  const { estimate, condition } = conditioned(asset, fused, classes, first.asOf);
  const statement = statementBeside(asset, estimate, first, rules, today);
  const shareOf = (at: number): number => (1 - statement.share) * (fused.shares[at] ?? 0);
  const why = combined.length > 0 ? 'combined' : 'the only evidence of its day and market';
  return {
    status: 'valued',
    valueCents: Math.round(statement.value),
    interval: { ...intervalOf(estimate), levelRatio: LEVEL_RATIO },
    currency: first.currency,
    kindOfPrice: first.kindOfPrice,
    asOf: first.asOf,
    condition,
    sources: [
      sourceView(first, first.estimate, { shareRatio: shareOf(0), why }),
      ...rest.map((each) => besideView(each, each.isCombined ? shareOf(1 + combined.indexOf(each)) : 0)),
      ...statement.views,
    ],
    review: [...statement.review, ...statedDamage(asset)],
    reasons: [
      ...reasonsOf(evidence),
      condition.status === 'moved' ? condition.worth.words : `condition: ${condition.why}`,
    ],
  };
}

/** What an owner states against their interest, and no source knows. */
const statedDamage = (asset: Asset): string[] =>
  asset.kind === 'vehicle' && (asset.frameDamage || asset.floodDamage)
    ? ['the owner states damage of the frame or by a flood, which is not in the value: it is worth less']
    : [];

const intervalOf = ({ from, to }: Estimate) => ({ fromCents: Math.round(from), toCents: Math.round(to) });

const besideView = (each: Beside, shareRatio: number): ValueSource =>
  sourceView(each.source, each.isCombined ? each.estimate : each.source.estimate, { shareRatio, why: each.why });

/** The value in the condition that was seen, and what it does to the value. */
function conditioned(
  asset: Asset,
  fused: Estimate,
  classes: ClassShares | undefined,
  asOf: string,
): { readonly estimate: Estimate; readonly condition: Valued['condition'] } {
  const effect = worthOf(asset, classes, asOf);
  if (effect.status === 'not_moved') return { estimate: fused, condition: effect };
  const estimate = inCondition(fused, effect.worth);
  const changeCents = Math.round(estimate.value) - Math.round(fused.value);
  return { estimate, condition: { status: 'moved', changeCents, worth: effect.worth } };
}

type Without = 'missing' | 'evidence';

function contradictory(
  asset: Asset,
  sources: readonly Source[],
  today: string,
): Omit<Extract<AssetValue, { status: 'contradictory' }>, Without> {
  const [one, other] = sources as [Source, Source];
  const text = contradictionText(one, other);
  return {
    status: 'contradictory',
    sources: [
      ...sources.map((each) => sourceView(each, each.estimate, { shareRatio: 0, why: 'contradicted' })),
      ...statedView(asset, today),
    ],
    review: [text],
    reasons: [`${text}; a mean would hide it, so that each is shown and none is chosen`],
  };
}

function withoutEvidence(asset: Asset, common: Pick<AssetValue, Without>, today: string): AssetValue {
  const reasons = noEvidenceReasons(common.evidence);
  const [stated] = statedView(asset, today);
  if (!stated) return { status: 'not_valued', sources: [], review: [], reasons, ...common };
  const { valueCents, currency } = stated;
  return {
    status: 'stated',
    valueCents,
    currency,
    sources: [{ ...stated, shareRatio: 1 }],
    review: [],
    reasons: [stated.why, ...reasons],
    ...common,
  };
}
