import type { PriceFacts, PriceKind } from './price-facts.ts';

/** Medians of the training data by fact; of the odometer also by model year, see `typicalOf`. */
export type Typical = Readonly<Record<string, number>>;

/** Facts whose contributions are told as one. */
export type FactGroup = {
  readonly facts: readonly string[];
  readonly words: (facts: PriceFacts, typical: Typical) => string;
};

/** The name of the median of a number among vehicles of one model year. */
export const typicalOf = (fact: string, modelYear: number): string => `${fact} of ${modelYear}`;

const written = (value: number): string => Math.round(value).toLocaleString('en-US');

/** A number against what is typical: "12,000 below vehicles of 2013 (90,000)". */
function against(value: number, typical: number | undefined, of: string): string {
  if (typical === undefined) return written(value);
  const difference = value - typical;
  if (Math.round(difference) === 0) return `${written(value)}, as ${of}`;
  return `${written(Math.abs(difference))} ${difference < 0 ? 'below' : 'above'} ${of} (${written(typical)})`;
}

/** A single fact by its value. */
const plainGroup = (fact: string, label: string): FactGroup => ({
  facts: [fact],
  words: ({ [fact]: value }) => {
    if (value === undefined) return `${label} not given`;
    return typeof value === 'boolean' ? `${value ? '' : 'no '}${label}` : `${label} ${value}`.replaceAll('_', ' ');
  },
});

/** A single number against the median of the training data. */
const numberGroup = (fact: string, label: string, of: string): FactGroup => ({
  facts: [fact],
  words: ({ [fact]: value }, typical) =>
    typeof value === 'number' ? `${label} ${against(value, typical[fact], of)}` : `${label} not given`,
});

const VEHICLE_GROUPS: readonly FactGroup[] = [
  { facts: ['make', 'model'], words: ({ model }) => String(model ?? 'model not given') },
  {
    facts: ['modelYear'],
    words: ({ modelYear }) => (modelYear === undefined ? 'model year not given' : `model year ${modelYear}`),
  },
  {
    facts: ['odometerMiles'],
    words: ({ odometerMiles, modelYear }, typical) => {
      if (typeof odometerMiles !== 'number') return 'mileage not given';
      const ofYear = typeof modelYear === 'number' ? typical[typicalOf('odometerMiles', modelYear)] : undefined;
      return ofYear === undefined
        ? `mileage ${against(odometerMiles, typical.odometerMiles, 'other vehicles')}`
        : `mileage ${against(odometerMiles, ofYear, `vehicles of ${modelYear}`)}`;
    },
  },
  plainGroup('condition', 'condition'),
  plainGroup('fourWheelDrive', 'four-wheel drive'),
  plainGroup('cylinders', 'cylinders'),
  plainGroup('fuel', 'fuel'),
  plainGroup('transmission', 'transmission'),
  plainGroup('bodyType', 'body'),
  plainGroup('paintColor', 'colour'),
  plainGroup('engineLitres', 'engine size in litres'),
  plainGroup('milesPerGallon', 'miles per gallon'),
  plainGroup('roadTaxPounds', 'road tax in pounds'),
];

const HOUSE_GROUPS: readonly FactGroup[] = [
  {
    facts: ['livingAreaSqft', 'aboveGroundSqft', 'basementSqft'],
    words: ({ livingAreaSqft, neighbourLivingAreaSqft }, typical) =>
      typeof neighbourLivingAreaSqft === 'number'
        ? `living area, in sqft, ${against(Number(livingAreaSqft), neighbourLivingAreaSqft, 'the nearest houses')}`
        : `living area, in sqft, ${against(Number(livingAreaSqft), typical.livingAreaSqft, 'other houses')}`,
  },
  {
    facts: ['latitude', 'longitude', 'zipCode'],
    words: ({ zipCode }) => (zipCode === undefined ? 'place' : `place (ZIP ${zipCode})`),
  },
  numberGroup('lotAreaSqft', 'lot, in sqft,', 'other houses'),
  plainGroup('grade', 'grade of construction'),
  plainGroup('condition', 'condition'),
  plainGroup('view', 'view'),
  plainGroup('waterfront', 'waterfront'),
  {
    facts: ['yearBuilt', 'yearRenovated'],
    words: ({ yearBuilt, yearRenovated }) => {
      const built = yearBuilt === undefined ? 'year of construction not given' : `built in ${yearBuilt}`;
      return yearRenovated === undefined ? built : `${built}, renovated in ${yearRenovated}`;
    },
  },
  plainGroup('bedrooms', 'bedrooms'),
  plainGroup('bathrooms', 'bathrooms'),
  plainGroup('floors', 'floors'),
  {
    facts: ['neighbourLivingAreaSqft', 'neighbourLotAreaSqft'],
    words: ({ neighbourLivingAreaSqft }, typical) =>
      typeof neighbourLivingAreaSqft === 'number'
        ? `size of the nearest houses, in sqft, ${against(neighbourLivingAreaSqft, typical.neighbourLivingAreaSqft, 'other places')}`
        : 'size of the nearest houses not given',
  },
];

/** The groups that make up every feature of a kind. */
export const groupsOf = (kind: PriceKind): readonly FactGroup[] => (kind === 'vehicle' ? VEHICLE_GROUPS : HOUSE_GROUPS);
