import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { queryOf } from '../../../functions/asset-value/comps-evidence.ts';
import { priceFactsOf } from '../../../functions/asset-value/price-facts-of.ts';
import { statedView } from '../../../functions/asset-value/stated-value.ts';
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
    lotAreaSqft: [100],
    floors: [3],
    aboveGroundSqft: [100],
    basementSqft: [100],
    waterfront: [true],
    view: [4],
    assessorGrade: [13],
    latitude: [47.5, { latitude: 47.1, longitude: -122.2 }],
    longitude: [-122.2, { latitude: 47.5, longitude: -122.1 }],
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
    cylinders: [12],
    fuel: ['diesel'],
    transmission: ['manual'],
    bodyType: ['pickup'],
    paintColor: ['black'],
    fourWheelDrive: [true],
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

type Effect = { readonly rating: 'used' | 'shown beside' | 'none'; readonly value: boolean };

/** Facts without which no value is looked for; a test of one of them changes it. */
const ENOUGH: Readonly<Record<Asset['kind'], object>> = {
  property: { livingAreaSqft: 1500, zipCode: '98103' },
  vehicle: { model: 'Toyota Camry', modelYear: 2012 },
  product: {},
  collectible: {},
};

/** What the answer makes of a fact. */
function effectOf(kind: Asset['kind'], fact: string): Effect {
  const [value, others = {}] = FACTS[kind][fact] ?? [];
  const [without, with_] = [answerOf({ kind, ...others }), answerOf({ kind, ...others, [fact]: value })];
  const isUsed = !isDeepStrictEqual(figuresOf(without), figuresOf(with_));
  const isShown = !isDeepStrictEqual(without.rating, with_.rating);
  const enough = { kind, ...ENOUGH[kind], ...others };
  const [before, after] = [enough, { ...enough, [fact]: value }].map((each) => basisOf(Asset.parse(each)));
  return { rating: isUsed ? 'used' : isShown ? 'shown beside' : 'none', value: !isDeepStrictEqual(before, after) };
}

/** What the value of an asset is looked for by, and what its owner says. */
const basisOf = (asset: Asset) => [
  priceFactsOf(asset),
  queryOf(asset),
  statedView(asset, '2026-11-21'),
  asset.currency,
];

const documentedAs = (description: string): Effect => ({
  rating: /no rating (and no value )?uses it/.test(description)
    ? 'none'
    : /shown beside the rating/i.test(description)
      ? 'shown beside'
      : 'used',
  value: /for the value/i.test(description),
});

describe('the description of a fact', () => {
  const schemas = Asset.def.options.map(({ shape }) => [shape.kind.value, shape] as const);

  it.each(schemas)('says what rating and value of a %s make of it', (kind, { kind: _, ...shape }) => {
    const documented = Object.entries(shape).map(([fact, { description = '' }]) => [fact, documentedAs(description)]);

    expect(Object.keys(FACTS[kind]).toSorted()).toEqual(Object.keys(shape).toSorted());
    expect(Object.keys(shape).map((fact) => [fact, effectOf(kind, fact)])).toEqual(documented);
  });
});
