import type { TrainingOptions } from '../boosting/train-ensemble.ts';
import type { Market, PriceModelSchema } from '../price-model-schema.ts';

type Tuned = Pick<
  TrainingOptions,
  'maxTrees' | 'learningRate' | 'maxLeaves' | 'minLeafRows' | 'l2' | 'rowShareRatio' | 'featureShareRatio'
>;

/**
 * How a model is trained. Numbers were chosen by cross-validation, several runs of which used rows that docs/models/prices.md
 * reports on.
 */
export type Recipe = {
  readonly plan: PriceModelSchema['plan'];
  readonly asOfYear: number;
  readonly market: Market;
  /** folds of the cross-validation, each of which leaves a member of the model */
  readonly members: number;
  /** of each member */
  readonly centre: Tuned;
  /** residual of the logarithm from which on a price pulls no harder (Huber's loss) */
  readonly outlierLog: number;
  /** a row counts as its price to this power: at 0 all rows alike by their relative errors, at 1 nearly by their errors in money */
  readonly dearPower: number;
  /** of the two ensembles that say how far P10 and P90 lie from the centre */
  readonly spread: Tuned;
  /** share of the rows that are also seen with facts removed */
  readonly blankRatio: number;
  readonly seed: number;
};

/** Intervals change slowly with the facts, and quantiles need many rows per leaf. */
const SPREAD: Tuned = {
  maxTrees: 60,
  learningRate: 0.1,
  maxLeaves: 12,
  minLeafRows: 60,
  l2: 1,
  rowShareRatio: 0.7,
  featureShareRatio: 0.6,
};

/** For the table vehicles_us; its vintage is that of its advertisements. */
export const US_VEHICLE_RECIPE: Recipe = {
  plan: 'us-vehicle',
  asOfYear: 2019,
  market: { currency: 'USD', kindOfPrice: 'asking', vintage: { from: '2018-05-01', to: '2019-04-19' } },
  members: 5,
  centre: {
    maxTrees: 320,
    learningRate: 0.1,
    maxLeaves: 63,
    minLeafRows: 10,
    l2: 2,
    rowShareRatio: 0.7,
    featureShareRatio: 0.6,
  },
  outlierLog: 0.25,
  dearPower: 0.5,
  spread: SPREAD,
  blankRatio: 0.05,
  seed: 1,
};

/** For the table uk_used_cars, whose days are unknown: its newest vehicles are of 2020. Hyperparameters are those of US_VEHICLE_RECIPE. */
export const UK_VEHICLE_RECIPE: Recipe = {
  ...US_VEHICLE_RECIPE,
  plan: 'uk-vehicle',
  asOfYear: 2020,
  market: { currency: 'GBP', kindOfPrice: 'asking', vintage: { from: '2020-01-01', to: '2020-12-31' } },
};

/** For the table kc_house_data, a year of sales. */
export const HOUSE_RECIPE: Recipe = {
  plan: 'house',
  asOfYear: 2015,
  market: { currency: 'USD', kindOfPrice: 'sold', vintage: { from: '2014-05-02', to: '2015-05-27' } },
  members: 5,
  centre: {
    maxTrees: 600,
    learningRate: 0.05,
    maxLeaves: 24,
    minLeafRows: 10,
    l2: 2,
    rowShareRatio: 0.7,
    featureShareRatio: 0.25,
  },
  outlierLog: 0.2,
  dearPower: 0.5,
  spread: { ...SPREAD, minLeafRows: 40 },
  blankRatio: 0.05,
  seed: 1,
};
