import { USED_FACTS } from './feature-plans.ts';
import { cleanFacts, wordOf } from './features/feature.ts';
import { isImplausibleOdometer } from './features/vehicle-features.ts';
import { FACT_NAMES, type PriceFacts } from './price-facts.ts';
import type { PriceModelSchema } from './price-model-schema.ts';
import type { PriceFlag } from './price-prediction.ts';

/** What a reader should know of the facts: missing, unknown to the model, outside of its training data, not used by it. */
export function flagsOf(schema: PriceModelSchema, given: PriceFacts): PriceFlag[] {
  const facts = cleanFacts(given);
  const used = USED_FACTS[schema.plan];
  const known = FACT_NAMES[schema.kind].filter((fact) => facts[fact] !== undefined);
  return [
    ...[...used].filter((fact) => isMissing(facts, fact)).map((fact) => missing(fact)),
    ...known.filter((fact) => used.has(fact)).flatMap((fact) => valueFlags(schema, facts, fact)),
    ...known.filter((fact) => !used.has(fact)).map((fact) => notUsed(schema, fact)),
  ];
}

/** Facts whose absence says something: a make may be in the model, a drive is two-wheel, most houses were never renovated. */
const MAY_BE_ABSENT = ['make', 'fourWheelDrive', 'yearRenovated'];

const isMissing = (facts: PriceFacts, fact: string): boolean =>
  facts[fact] === undefined && !MAY_BE_ABSENT.includes(fact);

const missing = (fact: string): PriceFlag => ({
  code: 'missing',
  fact,
  message: `${fact} is not given; the price of rows without it differs more`,
  widens: true,
});

const notUsed = ({ name }: PriceModelSchema, fact: string): PriceFlag => ({
  code: 'not_used',
  fact,
  message: `${fact} does not change the value: model ${name} was trained without it`,
  widens: false,
});

function valueFlags({ ranges, words, learnt }: PriceModelSchema, facts: PriceFacts, fact: string): PriceFlag[] {
  const value = facts[fact];
  const range = ranges[fact];
  if (fact === 'odometerMiles' && isImplausibleOdometer(facts, learnt.asOfYear)) {
    const message = `${fact} ${value} is too little for the model year; it is read as unknown`;
    return [{ code: 'out_of_range', fact, message, widens: true }];
  }
  if (typeof value === 'number' && range && (value < range[0] || value > range[1])) {
    const message = `${fact} ${value} lies outside of the training data, which go from ${range[0]} to ${range[1]}`;
    return [{ code: 'out_of_range', fact, message, widens: true }];
  }
  const common = words[fact];
  const word = wordOf(facts, fact);
  if (typeof value === 'string' && common && !common.includes(word)) {
    return [{ code: 'unknown_category', fact, message: `${fact} "${word}" is not in the training data`, widens: true }];
  }
  return [];
}
