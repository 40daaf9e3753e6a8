import type { Asset } from '../assets/asset.ts';
import type { ValueSource } from './asset-value.ts';
import { type Estimate, withStatement } from './combine-sources.ts';
import type { FusedValueRules } from './fused-value-policy.ts';
import { type Source, yearsApart } from './sources-of.ts';

/** What an owner's statement does beside evidence. */
export type StatementBeside = {
  /** the value with it */
  readonly value: number;
  readonly share: number;
  /** the statement as the answer shows it; none where the owner says nothing */
  readonly views: readonly ValueSource[];
  readonly review: readonly string[];
};

/** The statement as the answer shows it, without a share; none where the owner says nothing. */
export function statedView({ valueCents, currency }: Asset, today: string): ValueSource[] {
  if (valueCents === undefined || currency === undefined) return [];
  const stated = { source: 'stated', kindOfPrice: 'stated', shareRatio: 0, why: 'stated, not confirmed' } as const;
  return [{ ...stated, valueCents, currency, asOf: today }];
}

/** The value by evidence with what the owner says beside it. */
export function statementBeside(
  asset: Asset,
  estimate: Estimate,
  { currency, asOf }: Source,
  rules: FusedValueRules,
  today: string,
): StatementBeside {
  const [view] = statedView(asset, today);
  const without = (why: string, review: readonly string[] = []): StatementBeside => ({
    value: estimate.value,
    share: 0,
    views: view ? [{ ...view, why }] : [],
    review,
  });
  if (!view) return without('');
  if (view.currency !== currency) return without(`in ${view.currency}: nothing is converted`);
  if (yearsApart(asOf, today) > rules.mostYearsApart) return without(`of today, the evidence of ${asOf}: not compared`);
  if (view.valueCents < estimate.from || view.valueCents > estimate.to) {
    return without('beyond the interval', ['the owner states a value beyond the interval of the evidence']);
  }
  const { value, share } = withStatement(estimate, view.valueCents, rules);
  if (share === 0) return without('within the interval; a statement never raises a value, and confirms none');
  const why = 'within the interval and below the value, which it lowers by its share; it confirms nothing';
  return { value, share, views: [{ ...view, shareRatio: share, why }], review: [] };
}
