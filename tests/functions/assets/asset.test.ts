import { describe, expect, it } from 'vitest';
import { ASSET_KINDS, Asset, impossibleFacts } from '../../../functions/assets/asset.ts';

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

  it('takes half bathrooms', () => expect(accepts({ kind: 'property', bathrooms: 2.5 })).toBe(true));

  it('takes a renovation in the year of building', () => {
    expect(accepts({ kind: 'property', yearBuilt: 1990, yearRenovated: 1990 })).toBe(true);
  });
});

describe('impossibleFacts', () => {
  it('takes a house that will be finished next year', () => {
    expect(impossibleFacts(Asset.parse({ kind: 'property', yearBuilt: 2027 }), NOW)).toEqual([]);
  });

  it('names the year that lies too far ahead', () => {
    expect(impossibleFacts(Asset.parse({ kind: 'vehicle', modelYear: 2029 }), NOW)).toEqual([
      { fact: 'modelYear', latest: 2028, stated: 2029 },
    ]);
  });

  it('has nothing to say of things without years', () => {
    expect(impossibleFacts(Asset.parse({ kind: 'product' }), NOW)).toEqual([]);
  });
});
