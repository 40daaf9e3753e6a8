import { KM_PER_DEGREE, positionOf, squareOf } from '../place-squares.ts';
import type { PriceFacts } from '../price-facts.ts';
import { computedFeature, type FeaturePlan, levelFeature, numberFeature, numberOf, numberOr } from './feature.ts';

const PLACE = ['latitude', 'longitude'];
/** Sides of the squares of a place's groups, in km. */
const SQUARE_KM = [16, 8, 4, 2, 1, 0.5];

/** The squares around a place, the widest first; `shiftRatio` moves their borders by this share of a side. */
function squares(facts: PriceFacts, shiftRatio: number): readonly string[] | undefined {
  const position = positionOf(facts);
  if (!position) return undefined;
  // Squares halve from the same origin, so that each lies in one of the wider ones.
  return SQUARE_KM.map((side) => squareOf(position, side, shiftRatio * (SQUARE_KM[0] as number)));
}

const squareLevel = (name: string, shiftRatio: number) =>
  levelFeature(name, PLACE, (facts) => squares(facts, shiftRatio));

/** The position along an axis that is turned by the angle, in km: a border that runs aslant needs one split. */
const turned = (degrees: number) =>
  computedFeature(`turned${degrees}Km`, PLACE, ([latitude, longitude]) => {
    const angle = (degrees * Math.PI) / 180;
    return (
      (latitude as number) * KM_PER_DEGREE.latitude * Math.cos(angle) +
      (longitude as number) * KM_PER_DEGREE.longitude * Math.sin(angle)
    );
  });

const ratio = ([a, b]: readonly number[]): number => (a as number) / (b as number);

/** The columns of the trees, in their order; more area, grade, view and a better condition never lower a price. */
const FEATURES = [
  numberFeature('livingAreaSqft', 1),
  numberFeature('lotAreaSqft'),
  numberFeature('bedrooms'),
  numberFeature('bathrooms', 1),
  numberFeature('floors'),
  numberFeature('waterfront', 1),
  numberFeature('view', 1),
  numberFeature('condition', 1),
  numberFeature('grade', 1),
  numberFeature('aboveGroundSqft'),
  numberFeature('basementSqft'),
  computedFeature('ageYears', ['yearBuilt'], ([built], asOf) => asOf - (built as number)),
  {
    ...numberFeature('yearsSinceWork'),
    facts: ['yearBuilt', 'yearRenovated'],
    value: (facts: PriceFacts, { asOfYear }: { readonly asOfYear: number }) =>
      asOfYear - Math.max(numberOf(facts, 'yearBuilt'), numberOr(facts, 'yearRenovated', 0)),
  },
  numberFeature('latitude'),
  numberFeature('longitude'),
  turned(30),
  turned(60),
  turned(120),
  turned(150),
  numberFeature('neighbourLivingAreaSqft'),
  numberFeature('neighbourLotAreaSqft'),
  computedFeature('sizeAgainstNeighbours', ['livingAreaSqft', 'neighbourLivingAreaSqft'], ratio, 1),
  computedFeature('lotAgainstNeighbours', ['lotAreaSqft', 'neighbourLotAreaSqft'], ratio),
  computedFeature(
    'areaPerBedroomSqft',
    ['livingAreaSqft', 'bedrooms'],
    ([area, rooms]) => (area as number) / ((rooms as number) + 1),
    1,
  ),
  computedFeature('areaOfLotRatio', ['livingAreaSqft', 'lotAreaSqft'], ratio, 1),
  levelFeature('zipLevel', ['zipCode'], (facts) => (facts.zipCode === undefined ? undefined : [String(facts.zipCode)])),
  squareLevel('squareLevel', 0),
  squareLevel('shiftedSquareLevel', 0.34),
];

function linearTerms(facts: PriceFacts, asOfYear: number): readonly number[] {
  const living = numberOr(facts, 'livingAreaSqft', 1900);
  const age = asOfYear - numberOr(facts, 'yearBuilt', 1975);
  const grade = numberOr(facts, 'grade', 7);
  return [
    1,
    Math.log(living),
    Math.log(numberOr(facts, 'lotAreaSqft', 7600)),
    grade,
    grade * grade,
    numberOr(facts, 'condition', 3),
    numberOr(facts, 'view', 0),
    numberOr(facts, 'waterfront', 0),
    numberOr(facts, 'bathrooms', 2),
    numberOr(facts, 'bedrooms', 3),
    age / 100,
    (age / 100) ** 2,
    Math.log(numberOr(facts, 'neighbourLivingAreaSqft', living)),
    facts.yearRenovated === undefined ? 0 : 1,
    numberOr(facts, 'basementSqft', 0) / living,
    numberOr(facts, 'floors', 1.5),
  ];
}

/** Houses with an assessor's grade and condition. */
export const HOUSE_PLAN: FeaturePlan = { kind: 'house', features: FEATURES, linearTerms };
