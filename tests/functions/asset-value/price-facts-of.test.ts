import { describe, expect, it } from 'vitest';
import { nameInAsset, priceFactsOf } from '../../../functions/asset-value/price-facts-of.ts';
import { Asset } from '../../../functions/assets/asset.ts';
import { FACTS } from '../../../functions/price-models/price-facts.ts';

describe('priceFactsOf', () => {
  it('takes every fact of a house that a price model knows, but its condition', () => {
    const facts = {
      zipCode: '98103-1234',
      livingAreaSqft: 1240,
      lotAreaSqft: 4800,
      bedrooms: 2,
      bathrooms: 1.5,
      floors: 1.5,
      yearBuilt: 1962,
      yearRenovated: 1990,
      waterfront: false,
      view: 2,
      assessorGrade: 7,
      aboveGroundSqft: 1240,
      basementSqft: 0,
      latitude: 47.6,
      longitude: -122.3,
    };
    const { assessorGrade: grade, ...same } = facts;
    expect(priceFactsOf(Asset.parse({ kind: 'property', statedCondition: 'C1', ...facts }))).toEqual({
      status: 'complete',
      kind: 'house',
      facts: { ...same, zipCode: '98103', grade },
      leftOut: [],
    });
  });

  it.each(['property', 'vehicle'] as const)('finds each fact under the name that a %s has for it', (kind) => {
    const shape = Asset.def.options.find((option) => option.shape.kind.value === kind)?.shape ?? {};
    const names = Object.keys(FACTS[kind === 'property' ? 'house' : 'vehicle'].shape).flatMap(
      (fact) => nameInAsset(fact) ?? [],
    );
    const ofOtherMarkets = ['engineLitres', 'milesPerGallon', 'roadTaxPounds'];
    expect(names.filter((name) => !(name in shape))).toEqual(kind === 'vehicle' ? ofOtherMarkets : []);
  });

  it.each([
    [{ kind: 'property' }, ['livingAreaSqft', 'zipCode']],
    [{ kind: 'property', zipCode: '98103' }, ['livingAreaSqft']],
    [{ kind: 'property', livingAreaSqft: 900, latitude: 47, longitude: -122 }, undefined],
    [{ kind: 'vehicle', make: 'Ford' }, ['model', 'modelYear']],
    [{ kind: 'vehicle', model: 'Ford Focus', modelYear: 2012 }, undefined],
  ])('says what is missing: %j', (facts, missing) => {
    const read = priceFactsOf(Asset.parse(facts));
    expect(read).toMatchObject(missing ? { status: 'missing', missing } : { status: 'complete' });
  });

  it('leaves a fact out that no price model takes, says so, and keeps the others', () => {
    const read = priceFactsOf(Asset.parse({ kind: 'vehicle', model: 'Focus', modelYear: 2012, odometerMiles: 0 }));
    expect(read).toEqual({
      status: 'complete',
      kind: 'vehicle',
      facts: { model: 'Focus', modelYear: 2012 },
      leftOut: ['odometerMiles 0 is beyond what price models take: read as unknown'],
    });
  });

  it('knows no model of products', () => {
    expect(priceFactsOf({ kind: 'product', title: 'a lamp' })).toEqual({ status: 'no_model' });
  });
});
