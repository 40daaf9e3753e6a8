import { type PriceFacts, VEHICLE_CONDITIONS } from '../price-facts.ts';
import {
  computedFeature,
  type Feature,
  type FeaturePlan,
  levelFeature,
  numberFeature,
  numberOf,
  numberOr,
  wordFeature,
  wordOf,
} from './feature.ts';

/** Groups of a model, within its make, with the words of further facts, all of which must be known. */
const modelLevel = (name: string, ...further: readonly string[]): Feature =>
  levelFeature(name, ['make', 'model', ...further], (facts) => {
    const words = further.map((fact) => wordOf(facts, fact));
    const model = wordOf(facts, 'model');
    const within = words.map((_, at) => `${model}|${words.slice(0, at + 1).join('|')}`);
    return words.includes('') ? undefined : [wordOf(facts, 'make'), `${model}|`, ...within];
  });

const wordLevel = (fact: string): Feature =>
  levelFeature(`${fact}Level`, [fact], (facts) => (facts[fact] === undefined ? undefined : [wordOf(facts, fact)]));

/**
 * The level of a model by some of its rows alone. Models differ in how fast they lose value and what a drive or a high mileage
 * means; a tree learns this from the levels beside each other.
 */
const modelLevelOf = (what: string, learntFrom: NonNullable<Feature['learntFrom']>): Feature => ({
  ...modelLevel(`makeAndModelLevel, ${what}`),
  learntFrom,
});

const aged = (youngest: number, oldest: number): Feature =>
  modelLevelOf(`${youngest} to ${oldest} years`, ({ modelYear }, asOf) => {
    const age = asOf - Number(modelYear ?? Number.NaN);
    return age >= youngest && age <= oldest;
  });

/** Advertisements tell of four-wheel drive where there is one, and of nothing where there is none: unstated is no. */
const FOUR_WHEEL_DRIVE: Feature = {
  name: 'fourWheelDrive',
  facts: ['fourWheelDrive'],
  monotone: 0,
  value: ({ fourWheelDrive }) => (fourWheelDrive === true ? 1 : 0),
};

/** The rank of the condition: a better one never lowers the price. */
const CONDITION: Feature = {
  name: 'condition',
  facts: ['condition'],
  monotone: 1,
  value: ({ condition }) => (typeof condition === 'string' ? conditionRank(condition) : Number.NaN),
};

/** 0 is the worst condition; NaN for an unknown word. */
function conditionRank(word: string): number {
  const known: readonly string[] = VEHICLE_CONDITIONS;
  return known.includes(word) ? known.indexOf(word) : Number.NaN;
}

/** From this age on some vehicles gain value as they age; before it, none does. */
const CLASSIC_YEARS = 18;

/** Up to CLASSIC_YEARS an older vehicle is never worth more. */
const AGE = computedFeature(
  'ageYears',
  ['modelYear'],
  ([year], asOf) => Math.min(CLASSIC_YEARS, asOf - (year as number)),
  -1,
);
/** Years beyond, in which the price may go either way. */
const CLASSIC_AGE = computedFeature('yearsAsClassic', ['modelYear'], ([year], asOf) =>
  Math.max(0, asOf - (year as number) - CLASSIC_YEARS),
);

/** Fewer miles on a vehicle of this age are thousands of miles, or no reading at all: the odometer is then unknown. */
const IMPLAUSIBLE = { miles: 1000, years: 3 };

/** Whether an odometer reading cannot be meant as miles. */
export function isImplausibleOdometer({ odometerMiles, modelYear }: PriceFacts, asOfYear: number): boolean {
  const years = asOfYear - Number(modelYear ?? Number.NaN);
  return Number(odometerMiles ?? Number.NaN) < IMPLAUSIBLE.miles && years >= IMPLAUSIBLE.years;
}

/** More miles never raise the price. */
const ODOMETER: Feature = {
  name: 'odometerMiles',
  facts: ['odometerMiles', 'modelYear'],
  monotone: -1,
  value: (facts, { asOfYear }) =>
    isImplausibleOdometer(facts, asOfYear) ? Number.NaN : numberOf(facts, 'odometerMiles'),
};

/** Below it lies about the lower quarter of odometer readings. */
const LOW_MILES = 60_000;
/** Above it lies about the upper third. */
const HIGH_MILES = 140_000;

/** The columns of the trees, in their order. */
const FEATURES: readonly Feature[] = [
  AGE,
  CLASSIC_AGE,
  ODOMETER,
  CONDITION,
  numberFeature('cylinders'),
  FOUR_WHEEL_DRIVE,
  wordFeature('fuel', 'diesel'),
  wordFeature('fuel', 'hybrid'),
  wordFeature('fuel', 'electric'),
  wordFeature('transmission', 'manual'),
  wordFeature('transmission', 'other'),
  modelLevel('makeAndModelLevel'),
  aged(-2, 4),
  aged(5, 9),
  aged(10, 15),
  aged(16, 60),
  modelLevelOf('four-wheel drive', ({ fourWheelDrive }) => fourWheelDrive === true),
  modelLevelOf('two-wheel drive', ({ fourWheelDrive }) => fourWheelDrive !== true),
  modelLevelOf('low mileage', ({ odometerMiles }) => Number(odometerMiles ?? Number.NaN) < LOW_MILES),
  modelLevelOf('high mileage', ({ odometerMiles }) => Number(odometerMiles ?? Number.NaN) > HIGH_MILES),
  modelLevel('modelCylindersLevel', 'cylinders'),
  modelLevel('modelBodyLevel', 'bodyType'),
  modelLevel('modelFuelLevel', 'fuel'),
  modelLevel('modelTransmissionLevel', 'transmission'),
  wordLevel('bodyType'),
  wordLevel('paintColor'),
];

function linearTerms(facts: PriceFacts, asOfYear: number): readonly number[] {
  const age = asOfYear - numberOr(facts, 'modelYear', asOfYear - 8);
  const miles = numberOr(facts, 'odometerMiles', 110_000) / 100_000;
  const rank = conditionRank(String(facts.condition));
  return [
    1,
    age / 10,
    (age / 10) ** 2,
    miles,
    miles * miles,
    (age / 10) * miles,
    Number.isNaN(rank) ? 2.5 : rank,
    numberOr(facts, 'fourWheelDrive', 0),
  ];
}

/** Vehicles as they are advertised in the United States. */
export const US_VEHICLE_PLAN: FeaturePlan = { kind: 'vehicle', features: FEATURES, linearTerms };

/** Vehicles as they are advertised in the United Kingdom: no condition, but engine, fuel economy and road tax. */
export const UK_VEHICLE_PLAN: FeaturePlan = {
  kind: 'vehicle',
  features: [
    AGE,
    CLASSIC_AGE,
    ODOMETER,
    numberFeature('engineLitres'),
    numberFeature('milesPerGallon'),
    numberFeature('roadTaxPounds'),
    wordFeature('fuel', 'diesel'),
    wordFeature('fuel', 'hybrid'),
    wordFeature('fuel', 'electric'),
    wordFeature('transmission', 'manual'),
    wordFeature('transmission', 'semi-auto'),
    modelLevel('makeAndModelLevel'),
    modelLevel('modelEngineLevel', 'engineLitres'),
    modelLevel('modelFuelLevel', 'fuel'),
    modelLevel('modelTransmissionLevel', 'transmission'),
  ],
  linearTerms: (facts, asOfYear) => {
    const age = asOfYear - numberOr(facts, 'modelYear', asOfYear - 3);
    const miles = numberOr(facts, 'odometerMiles', 20_000) / 100_000;
    const litres = numberOf(facts, 'engineLitres');
    return [
      1,
      age / 10,
      (age / 10) ** 2,
      miles,
      miles * miles,
      (age / 10) * miles,
      Number.isNaN(litres) ? 1.6 : litres,
    ];
  },
};
