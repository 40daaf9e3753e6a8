import { describe, expect, it } from 'vitest';
import { versionOf } from '../../../functions/platform/policy-choice.ts';
import type { Comp } from '../../../functions/valuation/comp.ts';
import { arrivingComp } from '../../../functions/valuation/comp-intake.ts';
import { CompRow } from '../../../functions/valuation/comp-rows.ts';
import { FAIR_MARKET_VALUE, type ValueRules } from '../../../functions/valuation/value-policy.ts';

const NOW = new Date('2026-11-29T09:00:00.000Z');
const sale = (sourceId: string): Comp => ({
  title: '1989 Upper Deck Ken Griffey Jr #1',
  status: 'sold',
  priceCents: 6000,
  currency: 'USD',
  date: '2026-11-21',
  format: 'fixed_price',
  seller: 'joe',
  source: 'own sales',
  sourceId,
});

/** The rules of a workspace on trial, with this time between relistings. */
function tried(relistingDays: number) {
  const { defaults } = FAIR_MARKET_VALUE;
  const rules: ValueRules = { ...defaults, intake: { ...defaults.intake, relistingDays } };
  const { use } = versionOf(FAIR_MARKET_VALUE, { version: 7, document: rules });
  return { rules, use: { ...use, trial: 'candidate' as const } };
}

describe('arrivingComp', () => {
  const policy = tried(30);
  const first = arrivingComp('collectible', sale('A-1'), [], policy, NOW);

  it('names the version that quarantined a comp, and its side of the trial, and keeps them', () => {
    const again = arrivingComp('collectible', sale('A-2'), [first], policy, NOW);
    expect(again).toMatchObject({ state: 'quarantined', quarantine: { reason: 'relisting', policy: policy.use } });
    expect(CompRow.parse(again).quarantine?.policy).toEqual(policy.use);
  });

  it('has no reason, and no version for one, where nothing is quarantined', () => {
    expect(first).toMatchObject({ state: 'counted' });
    expect(first.quarantine).toBeUndefined();
  });

  it('reads what earlier was quarantined without a version', () => {
    const quarantine = { reason: 'outlier' as const, why: '1 cent; 9 sales of this title have a median of 100.' };
    expect(CompRow.parse({ ...first, state: 'quarantined', quarantine }).quarantine).toEqual(quarantine);
  });
});
