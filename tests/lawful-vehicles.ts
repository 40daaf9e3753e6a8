import { seededRandom } from '../functions/price-models/boosting/random.ts';

/** Prices of new cars. */
const MODELS = { 'ford focus': 18_000, 'toyota camry': 24_000, 'ford f-150': 36_000, 'honda civic': 20_000 } as const;
export type LawfulModel = keyof typeof MODELS;

export type LawfulVehicle = {
  readonly model: LawfulModel;
  readonly modelYear: number;
  readonly odometerMiles: number;
  readonly condition: 'good' | 'excellent';
};

/** The price of a vehicle by the one law of these rows: a year costs 11 %, 10,000 miles cost 3 %. */
export const lawfulPrice = ({ model, modelYear, odometerMiles }: Omit<LawfulVehicle, 'condition'>): number =>
  MODELS[model] * Math.exp(-0.11 * (2019 - modelYear) - 0.03 * (odometerMiles / 10_000));

/** Vehicles whose prices are known without a table, each with a number from [0, 1) for the noise of its price. */
export function lawfulVehicles(count: number, seed = 7): { readonly vehicle: LawfulVehicle; readonly noise: number }[] {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  return Array.from({ length: count }, () => ({
    vehicle: {
      model: pick(Object.keys(MODELS) as LawfulModel[]),
      modelYear: 2003 + Math.floor(random() * 16),
      odometerMiles: 3000 + Math.floor(random() * 180_000),
      condition: pick(['good', 'excellent'] as const),
    },
    noise: random(),
  }));
}
