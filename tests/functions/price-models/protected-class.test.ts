import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../../functions/price-models/fact-columns.ts';
import { PLANS } from '../../../functions/price-models/feature-plans.ts';
import { FACTS, PRICE_KINDS, type PriceKind } from '../../../functions/price-models/price-facts.ts';

/**
 * What each fact is about. A fact of a person has no place here; one of a place can stand for who lives there, and is told in
 * docs/models/prices.md. A new fact fails until somebody has decided which it is.
 */
const ABOUT: Record<PriceKind, { readonly thing: readonly string[]; readonly place: readonly string[] }> = {
  vehicle: {
    thing: [
      'make',
      'model',
      'modelYear',
      'odometerMiles',
      'condition',
      'cylinders',
      'fuel',
      'transmission',
      'bodyType',
      'paintColor',
      'fourWheelDrive',
      'engineLitres',
      'milesPerGallon',
      'roadTaxPounds',
    ],
    place: [],
  },
  house: {
    thing: [
      'livingAreaSqft',
      'lotAreaSqft',
      'bedrooms',
      'bathrooms',
      'floors',
      'waterfront',
      'view',
      'condition',
      'grade',
      'aboveGroundSqft',
      'basementSqft',
      'yearBuilt',
      'yearRenovated',
    ],
    place: ['zipCode', 'latitude', 'longitude', 'neighbourLivingAreaSqft', 'neighbourLotAreaSqft'],
  },
};

/** Columns of tables that describe people: protected by the Equal Credit Opportunity Act or the Fair Housing Act, or standing for it. */
const OF_PEOPLE = [
  'race',
  'ethnicity',
  'skin_color',
  'religion',
  'national_origin',
  'sex',
  'gender',
  'marital_status',
  'familial_status',
  'children',
  'disability',
  'public_assistance',
  'age',
  'owner_age',
  'owner_name',
  'buyer',
  'seller',
  'median_income',
  'percent_minority',
  'school_rating',
  'crime_rate',
  'census_tract',
];

/** Columns without which no table is read. */
const NEEDED = { vehicle: ['price', 'model'], house: ['price', 'livingAreaSqft'] } as const;

describe.each(PRICE_KINDS)('what a %s is valued by', (kind) => {
  const { thing, place } = ABOUT[kind];

  it('is facts of the thing and of its place, each reviewed', () => {
    expect(Object.keys(FACTS[kind].shape).toSorted()).toEqual([...thing, ...place].toSorted());
  });

  it('is refused when it is a fact of a person', () => {
    const base = kind === 'vehicle' ? { model: 'ford f-150' } : { livingAreaSqft: 2000, zipCode: '98101' };
    expect(FACTS[kind].safeParse(base).success).toBe(true);
    expect(OF_PEOPLE.filter((name) => FACTS[kind].safeParse({ ...base, [name]: 1 }).success)).toEqual([]);
  });

  it('is read from no column about people, to value or to train', () => {
    const mapped = mapColumns(kind, [...NEEDED[kind], ...OF_PEOPLE], NEEDED[kind]);
    expect(mapped.status === 'mapped' ? mapped.unused.toSorted() : mapped.problem).toEqual(OF_PEOPLE.toSorted());
  });

  it('has features of reviewed facts only', () => {
    const features = Object.values(PLANS)
      .filter((plan) => plan.kind === kind)
      .flatMap((plan) => plan.features);
    const strangers = features.flatMap(({ facts }) => facts.filter((fact) => ![...thing, ...place].includes(fact)));
    expect(features.length).toBeGreaterThan(0);
    expect(strangers).toEqual([]);
  });
});

describe('the page of the price models', () => {
  it('names every fact of a place, which can stand for who lives there', () => {
    const page = readFileSync('docs/models/prices.md', 'utf8');
    const [, paragraph = ''] = /\*\*No protected class\*\*([^\n]*)/.exec(page) ?? [];
    expect(ABOUT.house.place.filter((fact) => !paragraph.includes(`\`${fact}\``))).toEqual([]);
  });
});
