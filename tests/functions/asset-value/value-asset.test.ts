import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssetValue } from '../../../functions/asset-value/asset-value.ts';
import { FUSED_VALUE_RULES } from '../../../functions/asset-value/fused-value-rules.ts';
import { valueAsset } from '../../../functions/asset-value/value-asset.ts';
import type { ValueEvidence } from '../../../functions/asset-value/value-evidence.ts';
import { type Asset, UAD_CLASSES } from '../../../functions/assets/asset.ts';
import { type ClassShares, worthOfCondition } from '../../../functions/valuation/condition-worth.ts';
import { compsOf, NO_COMPS, NO_MODEL, predicted } from './evidence.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const THING: Asset = { kind: 'product' };

const knownOf = (
  evidence: Partial<ValueEvidence>,
  asset: Asset = THING,
  condition?: ClassShares,
): Parameters<typeof valueAsset>[0] => ({
  asset,
  evidence: { model: NO_MODEL, comps: NO_COMPS, ...evidence },
  condition,
});

const answerOf = (evidence: Partial<ValueEvidence>, asset: Asset = THING) =>
  AssetValue.parse(valueAsset(knownOf(evidence, asset), FUSED_VALUE_RULES, NOW));

function valued(evidence: Partial<ValueEvidence>, asset?: Asset) {
  const value = answerOf(evidence, asset);
  if (value.status !== 'valued') throw new Error(`expected a value, received ${value.status}`);
  return value;
}

const sharesOf = ({ sources }: AssetValue) => Object.fromEntries(sources.map((each) => [each.source, each.shareRatio]));
const owned = (valueCents: number, currency = 'USD'): Asset => ({ kind: 'product', valueCents, currency });

describe('valueAsset', () => {
  it('combines comps and model by inverse variance, with the share of each', () => {
    const value = valued({ comps: compsOf([90, 100, 110]), model: predicted([90, 120, 150]) });
    const { comps = 0, model = 0 } = sharesOf(value);
    expect(comps + model).toBeCloseTo(1, 12);
    expect(comps).toBeGreaterThan(model);
    expect(value.valueCents).toBe(Math.round(100 * comps + 120 * model));
    expect(value.interval.toCents - value.interval.fromCents).toBeLessThanOrEqual(20);
    expect(value).toMatchObject({ kindOfPrice: 'sold', asOf: '2026-11-29', currency: 'USD', review: [] });
  });

  it('flags sources that have no price in common, shows each and chooses none', () => {
    const value = answerOf({ comps: compsOf([90, 100, 110]), model: predicted([150, 170, 190]) });
    expect(value).not.toHaveProperty('valueCents');
    expect(value).toMatchObject({
      status: 'contradictory',
      sources: [
        { source: 'comps', valueCents: 100, shareRatio: 0 },
        { source: 'model', valueCents: 170, shareRatio: 0 },
      ],
      review: [expect.stringContaining('nothing in common')],
    });
  });

  it.each([
    ['currency', { currency: 'GBP' }, 'in GBP: nothing is converted'],
    ['year', { vintage: { from: '2014-05-02', to: '2015-05-27' } }, /^of 2015-05-27, 11\.5 years from 2026-11-29/],
  ] as const)('never combines prices of another %s, however far apart they are', (_what, market, why) => {
    const comps = compsOf([90, 100, 110]);
    const value = valued({ comps, model: predicted([150, 170, 190], market) });
    const alone = valued({ comps });
    expect([value.valueCents, value.interval]).toEqual([alone.valueCents, alone.interval]);
    expect(value.sources[1]).toMatchObject({ source: 'model', shareRatio: 0, why: expect.stringMatching(why) });
  });

  it('widens asking prices beside sold ones, which then count less, and says so', () => {
    const comps = compsOf([9000, 10_000, 11_000]);
    const sold = valued({ comps, model: predicted([9000, 10_000, 11_000]) });
    const asked = valued({ comps, model: predicted([9000, 10_000, 11_000], { kindOfPrice: 'asking' }) });
    expect(sharesOf(asked).model).toBeLessThan(sharesOf(sold).model ?? 0);
    expect(asked.sources[1]?.why).toContain('asking prices beside sold ones');
    expect(asked.kindOfPrice).toBe('sold');
  });

  it('says of a model alone of which day, market and kind of price its value is', () => {
    const value = valued({
      model: predicted([90, 100, 110], { kindOfPrice: 'asking', vintage: { from: '2018-05-01', to: '2019-04-19' } }),
    });
    expect(value).toMatchObject({ asOf: '2019-04-19', kindOfPrice: 'asking', valueCents: 100 });
    expect(value.reasons.join('\n')).toMatch(/Values a house somewhere.*\n.*asking prices of 2018-05-01 to 2019-04-19/);
  });

  describe("an owner's statement", () => {
    it('alone is repeated, and not confirmed', () => {
      expect(answerOf({}, owned(5000))).toMatchObject({
        status: 'stated',
        valueCents: 5000,
        sources: [{ source: 'stated', why: 'stated, not confirmed' }],
        reasons: expect.arrayContaining(['stated, not confirmed']),
      });
    });

    it('is nothing without its amount', () => {
      expect(answerOf({}).status).toBe('not_valued');
    });

    it('never confirms, narrows or raises: only a lower one within the interval counts, a little', () => {
      const comps = compsOf([80, 100, 120]);
      const alone = valued({ comps });
      fc.assert(
        fc.property(fc.nat({ max: 400 }), (stated) => {
          const value = valued({ comps }, owned(stated));
          expect(value.interval).toEqual(alone.interval);
          expect(value.valueCents).toBeLessThanOrEqual(alone.valueCents);
          const { comps: share = 0, stated: own = 0 } = sharesOf(value);
          expect(share + own).toBeCloseTo(1, 12);
          expect(own > 0).toBe(stated >= 80 && stated < 100);
          expect(value.review.length > 0).toBe(stated < 80 || stated > 120);
        }),
      );
    });

    it.each([
      ['in another currency', owned(1, 'EUR'), '2026-11-01'],
      ['years after the evidence', owned(1), '2015-05-27'],
    ])('%s is not compared', (_when, asset, to) => {
      const value = valued({ model: predicted([90, 100, 110], { vintage: { from: '2014-01-01', to } }) }, asset);
      expect(value).toMatchObject({ valueCents: 100, review: [] });
      expect(sharesOf(value)).toEqual({ model: 1, stated: 0 });
    });
  });

  it.each([{ frameDamage: true }, { floodDamage: true }])('flags %j, which no source knows', (stated) => {
    const model = predicted([90, 100, 110], { kindOfPrice: 'asking' });
    expect(valued({ model }, { kind: 'vehicle', ...stated }).review.join()).toContain('not in the value');
    expect(valued({ model }, { kind: 'vehicle' }).review).toEqual([]);
  });

  it('says which facts a value needs', () => {
    const value = answerOf({ model: { status: 'facts_missing', missing: ['livingAreaSqft', 'zipCode'] } });
    expect(value).toMatchObject({ status: 'not_valued', missing: ['livingAreaSqft', 'zipCode'] });
    expect(value.reasons).toContain('no price model can value it without livingAreaSqft and zipCode');
  });

  it('says that a source failed', () => {
    const failed = { status: 'failed', why: 'it failed' } as const;
    const { reasons } = answerOf({ model: failed, comps: failed });
    expect(reasons).toEqual(['no value by a price model: it failed', 'no value by comps: it failed']);
  });

  describe('the condition that was seen', () => {
    const house: Asset = { kind: 'property', yearBuilt: 1962 };
    const model = predicted([800_000, 1_000_000, 1_300_000]);
    const of = (asset: Asset, condition?: ClassShares) => {
      const value = AssetValue.parse(valueAsset(knownOf({ model }, asset, condition), FUSED_VALUE_RULES, NOW));
      if (value.status !== 'valued') throw new Error(`received ${value.status}`);
      return value;
    };
    const sure = (of: string) =>
      Object.fromEntries(UAD_CLASSES.map((name) => [name, Number(name === of)])) as ClassShares;

    it('moves the value of a house by what it is worth against a typical one, and widens the interval', () => {
      const { valueCents, interval, condition, reasons } = of(house, sure('C5'));
      const { ratio, words } = worthOfCondition(sure('C5'));
      expect(valueCents).toBe(Math.round(1_000_000 * ratio));
      expect(condition).toMatchObject({ status: 'moved', changeCents: valueCents - 1_000_000 });
      expect(interval.toCents / interval.fromCents).toBeGreaterThan(13 / 8);
      expect(reasons).toContain(words);
    });

    it('never makes a worse house dearer', () => {
      const values = UAD_CLASSES.map((name) => of(house, sure(name)).valueCents);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    });

    it.each([
      ['of a house whose condition is undetermined', house, undefined, 'undetermined'],
      ['of a house that was new when prices were of', { ...house, yearBuilt: 2020 }, sure('C1'), 'built in 2020'],
      ['of another thing', { kind: 'vehicle' } as const, undefined, 'not measured for a vehicle'],
    ])('moves nothing %s, and says so', (_what, asset, classes, why) => {
      const value = of(asset, classes);
      expect(value).toMatchObject({
        valueCents: 1_000_000,
        interval: { fromCents: 800_000, toCents: 1_300_000 },
        condition: { status: 'not_moved', why: expect.stringContaining(why) },
      });
      expect(value.reasons.at(-1)).toContain(why);
    });
  });

  it('recomputes from the evidence that it holds', () => {
    const asset = owned(95);
    const value = answerOf({ comps: compsOf([80, 100, 120]), model: predicted([85, 105, 130]) }, asset);
    expect(valueAsset(knownOf(value.evidence, asset), FUSED_VALUE_RULES, NOW)).toEqual(value);
  });
});
