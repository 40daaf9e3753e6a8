import { describe, expect, it } from 'vitest';
import { estimateOf } from '../../../functions/price-models/estimate.ts';
import { CORRECTED_SQUARE_KM, centreOf, positionOf, squareOf } from '../../../functions/price-models/place-squares.ts';
import { PriceModelSchema } from '../../../functions/price-models/price-model-schema.ts';

const HERE = { latitude: 47.61, longitude: -122.33 };
const ELSEWHERE = { latitude: 47.2, longitude: -121.9 };

const squareAt = (place: typeof HERE): string => {
  const position = positionOf(place);
  if (!position) throw new Error('expected a position');
  return squareOf(position, CORRECTED_SQUARE_KM);
};

const schema = PriceModelSchema.parse({
  format: 1,
  name: 'house',
  version: '1.0.0',
  kind: 'house',
  plan: 'house',
  features: [],
  market: { currency: 'USD', kindOfPrice: 'sold', vintage: { from: '2014-05-02', to: '2015-05-27' } },
  learnt: { asOfYear: 2015, levels: {} },
  members: 1,
  calibration: {
    lowShift: -0.01,
    highShift: 0.01,
    bySquare: { [squareAt(HERE)]: [-0.1, 0.2] },
    outOfRangeFactor: 1,
  },
  coverage: { coverageRatio: 0.8, heldOutRows: 1, bands: [{ fromCents: 0, toCents: 1, coverageRatio: 0.8 }] },
  ranges: {},
  words: {},
  typical: {},
});

/** How far P10 and P90 lie from the median, in ln(price). */
function reachOf(facts: Partial<typeof HERE>, model = schema): [number, number] {
  const { p10Cents, p50Cents, p90Cents } = estimateOf(model, { livingAreaSqft: 2000, ...facts }, [12, -0.2, 0.2]);
  return [Math.log(p10Cents / p50Cents), Math.log(p90Cents / p50Cents)];
}

const about = (numbers: readonly number[]) => numbers.map((each) => expect.closeTo(each, 5));

describe('estimateOf', () => {
  it('corrects the interval of a house by the square that it lies in', () => {
    expect(reachOf(HERE)).toEqual(about([-0.3, 0.4]));
  });

  it('corrects it by the whole table elsewhere, and where the place is unknown', () => {
    expect(reachOf(ELSEWHERE)).toEqual(about([-0.21, 0.21]));
    expect(reachOf({})).toEqual(about([-0.21, 0.21]));
  });

  it('takes a model without squares', () => {
    const { bySquare: _, ...calibration } = schema.calibration;
    expect(reachOf(HERE, { ...schema, calibration })).toEqual(about([-0.21, 0.21]));
  });
});

describe('squareOf', () => {
  it('names a square by which its middle is found, and which the middle lies in', () => {
    const square = squareAt(HERE);
    const middle = centreOf(square);
    const position = positionOf(HERE);
    expect(squareOf(middle, CORRECTED_SQUARE_KM)).toBe(square);
    expect(Math.abs(middle.north - (position?.north ?? 0))).toBeLessThanOrEqual(CORRECTED_SQUARE_KM / 2);
    expect(Math.abs(middle.east - (position?.east ?? 0))).toBeLessThanOrEqual(CORRECTED_SQUARE_KM / 2);
  });
});
