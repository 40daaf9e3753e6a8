import { describe, expect, it } from 'vitest';
import { Asset } from '../../../functions/assets/asset.ts';
import { conclude } from '../by-default.ts';
import { house, photo, vehicleOf } from './photos.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const PHOTOS = {
  property: house(),
  vehicle: ['p001', 'p002'].map((id) => photo(id, 'vehicle', vehicleOf('undamaged'))),
  product: [photo('p001', 'product')],
  collectible: [photo('p001', 'product')],
};

/** Each fact with a value, and facts without which it could have no effect. */
const FACTS: Readonly<Record<Asset['kind'], Readonly<Record<string, readonly [value: unknown, others?: object]>>>> = {
  property: {
    address: ['12 Harbour Lane'],
    zipCode: ['94110'],
    livingAreaSqft: [60],
    bedrooms: [0],
    bathrooms: [0.5],
    yearBuilt: [2026],
    yearRenovated: [2026, { remodelledToStuds: true }],
    remodelledToStuds: [true, { yearRenovated: 2026 }],
    statedCondition: ['C6'],
    statedQuality: ['Q6'],
    valueCents: [1, { currency: 'USD' }],
    currency: ['EUR'],
  },
  vehicle: {
    make: ['Toyota'],
    model: ['Corolla'],
    modelYear: [1990],
    odometerMiles: [400_000],
    statedCondition: ['rough'],
    frameDamage: [true],
    floodDamage: [true],
    valueCents: [1, { currency: 'USD' }],
    currency: ['EUR'],
  },
  product: {
    title: ['A lamp'],
    category: ['lamp'],
    statedCondition: ['poor'],
    valueCents: [1, { currency: 'USD' }],
    currency: ['EUR'],
  },
  collectible: {
    title: ['A stamp'],
    category: ['stamp'],
    statedCondition: ['poor'],
    valueCents: [1, { currency: 'USD' }],
    currency: ['EUR'],
  },
};

const answerOf = (facts: object) => {
  const asset = Asset.parse(facts);
  return conclude({ asset, photos: [] }, PHOTOS[asset.kind], NOW);
};

/** The figures of a rating: all but words, and what is only repeated. */
function figuresOf({ rating }: ReturnType<typeof answerOf>): unknown {
  if (rating.scale === 'UAD') {
    return [rating.interior, rating.exterior, rating.overall].map(({ reasons: _, ...figures }) => figures);
  }
  if (rating.scale === 'none') return rating.status;
  const { reasons: _, facts: __, stated: ___, categories: ____, ...figures } = rating;
  return figures;
}

/** What the answer makes of a fact. */
function effectOf(kind: Asset['kind'], fact: string): 'used' | 'shown beside' | 'kept only' {
  const [value, others = {}] = FACTS[kind][fact] ?? [];
  const [without, with_] = [answerOf({ kind, ...others }), answerOf({ kind, ...others, [fact]: value })];
  if (JSON.stringify(figuresOf(without)) !== JSON.stringify(figuresOf(with_))) return 'used';
  return JSON.stringify(without) === JSON.stringify(with_) ? 'kept only' : 'shown beside';
}

const documentedAs = (description: string): string => {
  if (/no rating uses it/.test(description)) return 'kept only';
  return /shown beside the rating/i.test(description) ? 'shown beside' : 'used';
};

describe('the description of a fact', () => {
  const schemas = Asset.def.options.map(({ shape }) => [shape.kind.value, shape] as const);

  it.each(schemas)('says what the rating of a %s makes of it', (kind, { kind: _, ...shape }) => {
    const documented = Object.entries(shape).map(([fact, { description = '' }]) => [fact, documentedAs(description)]);

    expect(Object.keys(FACTS[kind]).toSorted()).toEqual(Object.keys(shape).toSorted());
    expect(Object.keys(shape).map((fact) => [fact, effectOf(kind, fact)])).toEqual(documented);
  });
});
