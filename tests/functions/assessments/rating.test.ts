import { describe, expect, it } from 'vitest';
import { PropertyPartRating, Rating, VehicleRating } from '../../../functions/assessments/rating.ts';

const accepts = (schema: typeof Rating | typeof PropertyPartRating | typeof VehicleRating, rating: object) =>
  schema.safeParse(rating).success;
const SIDE = {
  status: 'rated',
  score: 3,
  class: 'C3',
  probabilities: { C1: 0, C2: 0.1, C3: 0.8, C4: 0.1, C5: 0, C6: 0 },
  reasons: [],
};
const UNDETERMINED = { status: 'undetermined', reasons: [], missing: ['a photo of the outside'] };
const CAR = { scale: 'NAAA', status: 'rated', score: 3.2, grade: 3, class: 'average', reasons: [] };

describe('PropertyPartRating', () => {
  it.each([
    [{}, true],
    [{ score: 1 }, true],
    [{ score: 6 }, true],
    [{ score: 0.99 }, false],
    [{ score: 6.01 }, false],
    [{ class: 'C7' }, false],
    [{ probabilities: { C1: 1 } }, false],
  ])('on the UAD scale, with %j: %j', (rest, taken) => {
    expect(accepts(PropertyPartRating, { ...SIDE, ...rest })).toBe(taken);
  });

  it('says what is missing when it is undetermined', () => {
    expect([UNDETERMINED, { ...UNDETERMINED, missing: [] }].map((each) => accepts(PropertyPartRating, each))).toEqual([
      true,
      false,
    ]);
  });
});

describe('VehicleRating', () => {
  it.each([
    [{}, true],
    [{ score: 0, grade: 0 }, true],
    [{ score: 5, grade: 5 }, true],
    [{ score: -0.01 }, false],
    [{ score: 5.01 }, false],
    [{ grade: 5.5 }, false],
    [{ grade: -0.5 }, false],
    [{ grade: 3.25 }, false],
    [{ grade: 3.5 }, true],
    [{ scale: 'UAD' }, false],
  ])('on the NAAA scale, with %j: %j', (rest, taken) => {
    expect(accepts(VehicleRating, { ...CAR, ...rest })).toBe(taken);
  });

  it.each(['extra_clean', 'clean', 'average', 'rough', 'extra_rough', 'inoperable'])('knows the class %s', (name) => {
    expect(accepts(VehicleRating, { ...CAR, class: name })).toBe(true);
  });

  it('names its scale when it is undetermined, too', () => {
    expect([{ ...UNDETERMINED, scale: 'NAAA' }, UNDETERMINED].map((each) => accepts(VehicleRating, each))).toEqual([
      true,
      false,
    ]);
  });
});

describe('Rating', () => {
  it.each([
    [{ scale: 'UAD', exterior: SIDE, interior: SIDE, overall: UNDETERMINED }, true],
    [CAR, true],
    [{ scale: 'none', status: 'not_rated', reasons: [] }, true],
    [{ scale: 'none', status: 'not_rated', reasons: [], statedCondition: 'good' }, true],
    [{ scale: 'none', status: 'rated', reasons: [] }, false],
    [{ scale: 'UAD', exterior: SIDE, interior: SIDE }, false],
  ])('%j: %j', (rating, taken) => {
    expect(accepts(Rating, rating)).toBe(taken);
  });
});
