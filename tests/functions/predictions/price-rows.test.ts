import { describe, expect, it } from 'vitest';
import { readRows } from '../../../functions/predictions/price-rows.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const FIESTA = { model: 'ford fiesta', modelYear: 2015, odometerMiles: 60_000 };
const HOUSE = { livingAreaSqft: 1800, zipCode: '98103', yearBuilt: 1950, yearRenovated: 1999 };

const vehicle = (row: unknown) => readRows('vehicle', [row], NOW)[0];
const house = (row: unknown) => readRows('house', [row], NOW)[0];

/** Where a row is wrong, and what was expected there. */
const errorsOf = (row: ReturnType<typeof vehicle>) =>
  row?.status === 'wrong' ? row.errors.map(({ path, expected }) => `${path}: ${expected}`) : [];

describe('readRows', () => {
  it('reads each row by itself, however wrong its neighbours are', () => {
    const rows = readRows('vehicle', [{ facts: FIESTA }, { facts: {} }, null, 'x', 7, [], { facts: FIESTA }], NOW);
    expect(rows.map(({ status }) => status)).toEqual(['read', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'read']);
  });

  it('names a fact that does not exist, with those that do', () => {
    expect(errorsOf(vehicle({ facts: { ...FIESTA, milage: 5 } }))).toEqual([
      expect.stringMatching(/^body\.rows\[0\]\.facts\.milage: one of make, model, .*odometerMiles/),
    ]);
  });

  it.each([
    [{ ...FIESTA, modelYear: 2029 }, 'body.rows[0].facts.modelYear: 2028 at most'],
    [{ ...FIESTA, modelYear: 3000 }, 'body.rows[0].facts.modelYear: at most 2100'],
    [{ ...FIESTA, modelYear: '2015' }, 'body.rows[0].facts.modelYear: a number'],
    [
      { ...FIESTA, odometerMiles: 0 },
      'body.rows[0].facts.odometerMiles: at least 1 mile; leave it out where it is unknown',
    ],
    [
      { ...FIESTA, odometerMiles: -5 },
      'body.rows[0].facts.odometerMiles: at least 1 mile; leave it out where it is unknown',
    ],
    [{ ...FIESTA, odometerMiles: '1.234,50' }, 'body.rows[0].facts.odometerMiles: a number'],
    [{ ...FIESTA, odometerMiles: '12000 km' }, 'body.rows[0].facts.odometerMiles: a number'],
    [{ ...FIESTA, condition: 'mint' }, expect.stringContaining('body.rows[0].facts.condition: one of salvage, fair')],
    [{ modelYear: 2015 }, 'body.rows[0].facts.model: a string'],
    [{ ...FIESTA, price: -100 }, expect.stringContaining('body.rows[0].facts.price: one of make')],
  ])('refuses %j', (facts, expected) => {
    const errors = errorsOf(vehicle({ facts }));
    expect(errors).toEqual([expected]);
  });

  it('takes the model year after next, which dealers sell', () => {
    expect(vehicle({ facts: { ...FIESTA, modelYear: 2028 } })?.status).toBe('read');
  });

  it('asks for the place of a house', () => {
    expect(errorsOf(house({ facts: { livingAreaSqft: 1800 } }))).toEqual([
      'body.rows[0].facts.zipCode: a place: zipCode, or latitude and longitude',
    ]);
  });

  describe('changes', () => {
    it('are put over the facts, and null takes a fact away', () => {
      expect(house({ facts: HOUSE, changes: { livingAreaSqft: 2000, yearRenovated: null } })).toMatchObject({
        facts: HOUSE,
        changed: { livingAreaSqft: 2000, zipCode: '98103', yearBuilt: 1950 },
      });
      expect(house({ facts: HOUSE, changes: { yearRenovated: null } })).not.toHaveProperty('changed.yearRenovated');
    });

    it('are of facts that exist, and of one at least', () => {
      expect(errorsOf(vehicle({ facts: FIESTA, changes: { wings: 2 } }))).toEqual([
        expect.stringContaining('body.rows[0].changes.wings: one of make'),
      ]);
      expect(errorsOf(vehicle({ facts: FIESTA, changes: {} }))).toEqual([
        'body.rows[0].changes: at least one fact that changes',
      ]);
    });

    it('are refused where the changed facts cannot be true together', () => {
      expect(errorsOf(house({ facts: HOUSE, changes: { yearBuilt: 2005 } }))).toEqual([
        'body.rows[0].changes.yearRenovated: a year not before yearBuilt, which is 2005',
      ]);
      expect(errorsOf(vehicle({ facts: FIESTA, changes: { model: null } }))).toEqual([
        'body.rows[0].changes.model: a string',
      ]);
    });
  });
});
