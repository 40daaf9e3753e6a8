import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../../../functions/platform/policy-choice.ts';
import type { Comp } from '../../../functions/valuation/comp.ts';
import { compIntake } from '../../../functions/valuation/comp-intake.ts';
import { CompRow, type StoredComp } from '../../../functions/valuation/comp-rows.ts';
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

const POLICY = tried(30);
const intakeOf = (stored: readonly StoredComp[] = [], now = NOW) => {
  const decide = compIntake(stored, POLICY, now);
  return (comp: Comp) => decide('collectible', comp);
};

describe('compIntake', () => {
  it('names the version that quarantined a comp, and its side of the trial, and keeps them', () => {
    const arrive = intakeOf();
    arrive(sale('A-1'));
    const again = arrive(sale('A-2')).comp;
    expect(again).toMatchObject({ state: 'quarantined', quarantine: { reason: 'relisting', policy: POLICY.use } });
    expect(CompRow.parse(again).quarantine?.policy).toEqual(POLICY.use);
  });

  it('has no reason, and no version for one, where nothing is quarantined', () => {
    const { comp: first } = intakeOf()(sale('A-1'));
    expect(first).toMatchObject({ state: 'counted' });
    expect(first.quarantine).toBeUndefined();
  });

  it('reads what earlier was quarantined without a version, and rows of before writes were counted', () => {
    const quarantine = { reason: 'outlier' as const, why: '1 cent; 9 sales of this title have a median of 100.' };
    const { comp: first } = intakeOf()(sale('A-1'));
    expect(CompRow.parse({ ...first, state: 'quarantined', quarantine }).quarantine).toEqual(quarantine);
  });

  it('renews a comp whose title is edited at its source, and says what it was', () => {
    const { comp: first } = intakeOf()(sale('A-1'));
    const edited = { ...sale('A-1'), title: 'Ken Griffey Jr 1989 Upper Deck rookie, not mint' };
    const later = new Date('2026-11-30T09:00:00.000Z');
    const arrive = intakeOf([first], later);
    expect(arrive(edited)).toEqual({
      outcome: 'renewed',
      comp: {
        ...first,
        comp: edited,
        renewal: { count: 1, at: later.toISOString(), before: sale('A-1') },
      },
    });
    expect(arrive(edited).outcome).toBe('duplicate');
    expect(arrive(sale('A-1')).comp.renewal?.count).toBe(2);
  });

  it('keeps a sale and an asking price of the same id apart, and the same id at another source', () => {
    const arrive = intakeOf();
    const rows = [sale('A-1'), { ...sale('A-1'), status: 'asking' as const }, { ...sale('A-1'), source: 'ebay' }];
    const { seller: _none, ...unsold } = sale('A-1');
    expect(rows.map((row) => arrive(row).outcome)).toEqual(['stored', 'stored', 'stored']);
    expect(arrive({ ...unsold, source: 'fair' }).outcome).toBe('stored');
  });

  it('without an id at the source, keeps two that differ in anything apart', () => {
    const { sourceId: _none, ...anonymous } = sale('A-1');
    const arrive = intakeOf();
    const rows = [anonymous, { ...anonymous, priceCents: 6001 }, { ...anonymous, date: '2026-11-20' }, anonymous];
    expect(rows.map((row) => arrive(row).outcome)).toEqual(['stored', 'stored', 'quarantined', 'duplicate']);
  });

  it('renews an undated asking price at its new price, and no dated one by an undated one', () => {
    const { date: _unknown, ...undated } = { ...sale('L-1'), status: 'asking' as const };
    const arrive = intakeOf();
    const outcomes = [undated, { ...undated, priceCents: 5500 }, { ...undated, date: '2026-11-21' }, undated];
    expect(outcomes.map((row) => arrive(row).outcome)).toEqual(['stored', 'renewed', 'renewed', 'duplicate']);
  });

  it('counts a sale once among those of its title, however often it arrives', () => {
    const arrive = intakeOf();
    const at = (priceCents: number, id: string): Comp => ({ ...sale(id), seller: id, priceCents });
    for (const priceCents of [6000, 6100])
      for (let turn = 0; turn < 5; turn += 1) arrive(at(priceCents, `A-${priceCents}`));
    // Two sales are no five: nothing is an outlier yet.
    expect(arrive(at(90_000, 'B-1')).outcome).toBe('stored');
  });

  it('judges a renewed sale by the others, and not by itself', () => {
    const at = (priceCents: number, id: string): Comp => ({ ...sale(id), seller: id, priceCents });
    const arrive = intakeOf();
    for (const id of ['A', 'B', 'C', 'D', 'E', 'F']) arrive(at(6000, id));
    expect(arrive(at(600_000, 'F'))).toMatchObject({
      outcome: 'renewed',
      comp: { state: 'quarantined', quarantine: { why: '600000 cents; 5 sales of this title have a median of 6000.' } },
    });
    const mended = arrive(at(6050, 'F')).comp;
    expect([mended.state, mended.quarantine, mended.renewal?.count]).toEqual(['counted', undefined, 2]);
  });

  it('leaves a dropped comp dropped, and an admitted one admitted at its price only', () => {
    const decided = { decidedAt: NOW.toISOString(), decidedBy: '01KAQ6QJ8Y4H2K6P9S3E7R5T1A' };
    const { comp: first } = intakeOf()(sale('A-1'));
    const same = intakeOf([first])(sale('A-2')).comp;
    const edited = { ...sale('A-2'), title: `${sale('A-2').title} RC` };
    const dropped = intakeOf([first, { ...same, state: 'dropped', ...decided }])(edited).comp;
    expect(dropped).toMatchObject({ state: 'dropped', ...decided });
    const admitted = { ...same, state: 'counted' as const, ...decided };
    expect(intakeOf([first, admitted])(edited).comp).toMatchObject({ state: 'counted', ...decided });
    const dearer = intakeOf([first, admitted])({ ...edited, priceCents: 7000 }).comp;
    expect([dearer.state, dearer.decidedAt]).toEqual(['counted', undefined]);
  });

  it('agrees with comparing every sale with every other, in whatever order they arrive', () => {
    const row = fc.record({
      sourceId: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9'),
      priceCents: fc.constantFrom(100, 110, 120, 130, 600),
      seller: fc.constantFrom('joe', 'ann'),
      day: fc.integer({ min: 1, max: 28 }),
      title: fc.constantFrom('one two', 'Two, one', 'three'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const comps = rows.map(
          ({ day, ...rest }): Comp => ({
            ...sale(rest.sourceId),
            ...rest,
            date: `2026-10-${String(day).padStart(2, '0')}`,
          }),
        );
        const arrive = intakeOf();
        const seen = new Map<string, StoredComp>();
        for (const comp of comps) {
          const { outcome, comp: arrived } = arrive(comp);
          if (outcome === 'duplicate') continue;
          seen.delete(arrived.compId);
          const others = [...seen.values()].filter(({ comp: { title } }) => wordsIn(title) === wordsIn(comp.title));
          const counted = others.filter(({ state }) => state === 'counted').map((other) => other.comp.priceCents);
          const isOutlier = counted.length >= 5 && isFar(comp.priceCents / medianOf(counted));
          const isRelisting = others.some(
            ({ comp: other }) =>
              other.seller === comp.seller &&
              other.priceCents === comp.priceCents &&
              Math.abs(Date.parse(other.date ?? '') - Date.parse(comp.date ?? '')) <= 30 * 86_400_000,
          );
          expect(arrived.state).toBe(isOutlier || isRelisting ? 'quarantined' : 'counted');
          seen.set(arrived.compId, arrived);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const wordsIn = (title: string): string => title.toLowerCase().replace(',', '').split(' ').sort().join(' ');
const isFar = (times: number): boolean => times > 4 || times < 1 / 4;
function medianOf(prices: readonly number[]): number {
  const sorted = prices.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
}
