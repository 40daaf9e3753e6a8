import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSplit, timeSplit } from '../../../../functions/price-models/training/hold-out.ts';
import { groupOf, reasonToLeaveOut } from '../../../../functions/price-models/training/usable-rows.ts';

const tables = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 10, max: 28 })), { minLength: 20, maxLength: 80 })
  .map((rows) => ({
    facts: rows.map(() => ({})),
    prices: Float64Array.from(rows, () => 1),
    groups: rows.map(([thing]) => `thing ${thing}`),
    days: rows.map(([, day]) => `2019-01-${day}`),
  }));

describe('randomSplit', () => {
  it('has every row on one side, and no thing on both', () => {
    fc.assert(
      fc.property(tables, fc.integer(), (table, seed) => {
        const { training, test } = randomSplit(table, seed);
        expect([...training, ...test].toSorted((a, b) => a - b)).toEqual([...table.facts.keys()]);
        const known = new Set(training.map((row) => table.groups[row]));
        expect(test.filter((row) => known.has(table.groups[row]))).toEqual([]);
      }),
    );
  });
});

describe('timeSplit', () => {
  it('trains on no day that it tests, and on no thing that it tests', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { training, test } = timeSplit(table) ?? { training: [], test: [] };
        const newestKnown =
          training
            .map((row) => table.days[row] ?? '')
            .toSorted()
            .at(-1) ?? '';
        const known = new Set(training.map((row) => table.groups[row]));
        expect(test.filter((row) => (table.days[row] ?? '') <= newestKnown || known.has(table.groups[row]))).toEqual(
          [],
        );
      }),
    );
  });

  it('is undefined without days', () => {
    expect(timeSplit({ facts: [{}], prices: Float64Array.of(1), groups: ['a'], days: [] })).toBeUndefined();
  });
});

describe('groupOf', () => {
  it('takes advertisements of one model, year and odometer for one vehicle, and rows with unknown ones for vehicles of their own', () => {
    const car = { model: 'ford focus', modelYear: 2012, odometerMiles: 80_123 };
    expect(groupOf('us-vehicle', car, 1)).toBe(groupOf('us-vehicle', { ...car, paintColor: 'red' }, 2));
    expect(groupOf('us-vehicle', car, 1)).not.toBe(groupOf('us-vehicle', { ...car, odometerMiles: 80_124 }, 1));
    expect(groupOf('us-vehicle', { model: 'ford focus' }, 1)).not.toBe(
      groupOf('us-vehicle', { model: 'ford focus' }, 2),
    );
  });
});

describe('reasonToLeaveOut', () => {
  it.each([
    [1000, { modelYear: 2010 }, 'down payment'],
    [500_000, {}, 'rarity'],
    [9000, { odometerMiles: 500_000 }, '500,000 miles'],
  ])('leaves out a vehicle at %i with %j', (price, facts, reason) => {
    expect(reasonToLeaveOut('us-vehicle', facts, price)).toContain(reason);
  });

  it('keeps rows at the limits, and rows with unknown facts', () => {
    expect(reasonToLeaveOut('us-vehicle', { modelYear: 1966, odometerMiles: 499_999 }, 1001)).toBeUndefined();
    expect(reasonToLeaveOut('us-vehicle', {}, 9000)).toBeUndefined();
  });
});
