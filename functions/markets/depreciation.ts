import type { PriceFacts } from '../price-models/price-facts.ts';

/** Years of age that are compared with age 0. Chosen by eye: most vehicles are sold before. */
const YEARS = 15;

/** From 0 to YEARS. */
const AGES = Array.from({ length: YEARS + 1 }, (_, years) => years);

/** Each vehicle at each age from 0, with everything else as it is. */
export const agedFacts = (sample: readonly PriceFacts[], asOfYear: number): PriceFacts[] =>
  sample.flatMap((facts) => AGES.map((years) => ({ ...facts, modelYear: asOfYear - years })));

/**
 * What age alone takes from a price: the geometric mean, over the vehicles, of the price at an age over that at age 0.
 *
 * @param p50Cents of `agedFacts`, in their order
 */
export function depreciationOf(p50Cents: readonly number[]) {
  const vehicles = p50Cents.length / AGES.length;
  const logAt = (years: number): number =>
    Array.from({ length: vehicles }, (_, vehicle) =>
      Math.log(p50Cents[vehicle * AGES.length + years] ?? Number.NaN),
    ).reduce((sum, log) => sum + log, 0) / vehicles;
  const logs = vehicles === 0 ? [] : AGES.map(logAt);
  return logs.map((log, years) => ({
    years,
    keptRatio: Math.exp(log - (logs[0] ?? log)),
    lostRatio: years === 0 ? 0 : 1 - Math.exp(log - (logs[years - 1] ?? log)),
  }));
}
