import { describe, expect, it } from 'vitest';
import { ASSET_KINDS, Asset, impossibleFacts } from '../../../functions/assets/asset.ts';
import { violationsOf } from '../../../functions/platform/violations.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const accepts = (asset: object) => Asset.safeParse(asset).success;

describe('Asset', () => {
  it.each(ASSET_KINDS)('needs nothing but the kind: %s', (kind) => expect(accepts({ kind })).toBe(true));

  it.each([
    { kind: 'boat' },
    { kind: 'property', odometerMiles: 1 },
    { kind: 'property', yearBuilt: 1599 },
    { kind: 'property', yearBuilt: 1962.5 },
    { kind: 'property', livingAreaSqft: 0 },
    { kind: 'property', bedrooms: -1 },
    { kind: 'property', bathrooms: 1.3 },
    { kind: 'property', zipCode: '9411' },
    { kind: 'property', statedCondition: 'C7' },
    { kind: 'property', address: '   ' },
    { kind: 'property', yearBuilt: 1990, yearRenovated: 1980 },
    { kind: 'vehicle', odometerMiles: 2_000_001 },
    { kind: 'vehicle', modelYear: 1885 },
    { kind: 'vehicle', frameDamage: 'no' },
    { kind: 'product', valueCents: 10.5, currency: 'USD' },
    { kind: 'product', valueCents: 10 },
    { kind: 'product', valueCents: 10, currency: 'usd' },
    { kind: 'collectible', valueCents: -1, currency: 'EUR' },
  ])('refuses %j', (asset) => expect(accepts(asset)).toBe(false));

  /** The least and the most of each number, and how much less or more is refused. */
  it.each([
    ['property', 'yearBuilt', 1600, 2100, 1],
    ['property', 'yearRenovated', 1600, 2100, 1],
    ['property', 'livingAreaSqft', 50, 1_000_000, 1],
    ['property', 'bedrooms', 0, 100, 1],
    ['property', 'bathrooms', 0, 100, 0.25],
    ['vehicle', 'modelYear', 1886, 2100, 1],
    ['vehicle', 'odometerMiles', 0, 2_000_000, 1],
    ['product', 'valueCents', 0, 100_000_000_000, 1],
  ] as const)('takes, of a %s, %s from %d to %d', (kind, fact, least, most, step) => {
    const taken = [least - step, least, most, most + step].map((value) => {
      const currency = fact === 'valueCents' ? { currency: 'USD' } : {};
      return accepts({ kind, [fact]: value, ...currency });
    });
    expect(taken).toEqual([false, true, true, false]);
  });

  it.each([
    ['property', 'address', 200],
    ['vehicle', 'make', 60],
    ['vehicle', 'model', 60],
    ['product', 'title', 200],
    ['product', 'category', 100],
    ['collectible', 'title', 200],
    ['collectible', 'category', 100],
  ])('takes, of a %s, a %s of at most %d letters, not empty', (kind, fact, longest) => {
    const texts = ['', ' ', 'a', 'a'.repeat(longest), 'a'.repeat(longest + 1)];
    expect(texts.map((text) => accepts({ kind, [fact]: text }))).toEqual([false, false, true, true, false]);
  });

  it.each([
    ['property', ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']],
    ['vehicle', ['extra_clean', 'clean', 'average', 'rough']],
    ['product', ['new', 'like_new', 'good', 'fair', 'poor']],
    ['collectible', ['mint', 'near_mint', 'excellent', 'good', 'poor']],
  ])('knows the conditions of a %s: %j', (kind, conditions) => {
    const every = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'extra_clean', 'clean', 'average', 'rough', 'new', 'like_new'];
    const words = [...every, 'good', 'fair', 'poor', 'mint', 'near_mint', 'excellent', 'broken'];
    expect(words.filter((statedCondition) => accepts({ kind, statedCondition }))).toEqual(
      words.filter((word) => conditions.includes(word)),
    );
  });

  it.each([
    ['94110', true],
    ['94110-1234', true],
    ['9411', false],
    ['941100', false],
    ['94110-123', false],
    ['94110-12345', false],
    ['x94110', false],
    ['94110 1234', false],
  ])('takes the ZIP code %j: %j', (zipCode, taken) => {
    expect(accepts({ kind: 'property', zipCode })).toBe(taken);
  });

  it.each(ASSET_KINDS)('takes the value of a %s with its currency only, and a currency by itself', (kind) => {
    expect(accepts({ kind, valueCents: 1, currency: 'USD' })).toBe(true);
    expect(accepts({ kind, currency: 'USD' })).toBe(true);
    expect(accepts({ kind, valueCents: 1 })).toBe(false);
    expect(accepts({ kind, valueCents: 1, currency: 'USDX' })).toBe(false);
    expect(accepts({ kind, valueCents: 1, currency: 'XUSD' })).toBe(false);
  });

  it('takes quarters of bathrooms', () => {
    const taken = (bathrooms: number) => accepts({ kind: 'property', bathrooms });
    expect([0, 2.25, 2.5, 2.75].filter(taken)).toEqual([0, 2.25, 2.5, 2.75]);
    expect([2.3, 1e-200, 1e-16, 0.25000000000000006, 1.0000000000000002].filter(taken)).toEqual([]);
  });

  it.each(['yearBuilt', 'yearRenovated'])('takes %s alone', (fact) => {
    expect(accepts({ kind: 'property', [fact]: 1990 })).toBe(true);
  });

  it('names both years when the renovation is before the building', () => {
    const { error } = Asset.safeParse(
      { kind: 'property', yearBuilt: 1990, yearRenovated: 1980 },
      { reportInput: true },
    );

    expect(violationsOf('body', error?.issues ?? [])).toEqual([
      {
        path: 'body.yearRenovated',
        expected: 'a year not before yearBuilt, which is 1990',
        received: 'number 1980',
        message: 'expected a year not before yearBuilt, which is 1990',
      },
    ]);
  });

  it('says of which amount the currency is missing', () => {
    const { error } = Asset.safeParse({ kind: 'product', valueCents: 10 }, { reportInput: true });

    expect(violationsOf('body', error?.issues ?? [])).toMatchObject([
      { path: 'body.currency', expected: 'a currency beside valueCents, which is 10', received: 'nothing' },
    ]);
  });

  it('takes a renovation in the year of building', () => {
    expect(accepts({ kind: 'property', yearBuilt: 1990, yearRenovated: 1990 })).toBe(true);
  });
});

describe('impossibleFacts', () => {
  // A house may be finished next year, and dealers sell the model year after next.
  it.each([
    ['property', 'yearBuilt', 2027],
    ['property', 'yearRenovated', 2027],
    ['vehicle', 'modelYear', 2028],
  ])('names, of a %s, a %s after %d', (kind, fact, latest) => {
    const facts = (stated: number) => impossibleFacts(Asset.parse({ kind, [fact]: stated }), NOW);

    expect(facts(latest)).toEqual([]);
    expect(facts(latest + 1)).toEqual([{ fact, latest, stated: latest + 1 }]);
  });

  it.each(ASSET_KINDS)('has nothing to say of a %s without years', (kind) => {
    expect(impossibleFacts(Asset.parse({ kind }), NOW)).toEqual([]);
  });
});
