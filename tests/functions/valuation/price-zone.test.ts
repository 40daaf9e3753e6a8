import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../../functions/valuation/price-zone.ts';

describe('zoneOf', () => {
  it('begins and ends at prices, with its centre between, and scales with them', () => {
    const prices = fc.array(
      fc.record({ price: fc.integer({ min: 1, max: 100_000 }), weight: fc.integer({ min: 1, max: 5 }) }),
      {
        minLength: 3,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(prices, fc.integer({ min: 2, max: 9 }), (points, factor) => {
        const zone = zoneOf(points);
        const scaled = zoneOf(points.map(({ price, weight }) => ({ price: price * factor, weight })));
        if (!zone || !scaled) throw new Error('Expected a zone');
        const prices = points.map(({ price }) => price);
        expect(prices).toEqual(expect.arrayContaining([zone.from, zone.to]));
        expect(zone.centre).toBeGreaterThanOrEqual(zone.from - 1e-6);
        expect(zone.centre).toBeLessThanOrEqual(zone.to + 1e-6);
        expect([scaled.from, scaled.to]).toEqual([zone.from * factor, zone.to * factor]);
        expect(scaled.centre).toBeCloseTo(zone.centre * factor, 3);
      }),
    );
  });

  it('is undefined below three prices', () => {
    expect(
      zoneOf([
        { price: 1, weight: 1 },
        { price: 2, weight: 1 },
      ]),
    ).toBeUndefined();
  });
});
