import { type Random, seededRandom } from '../../price-models/boosting/random.ts';
import { FINISHES, type MeasuredLevels } from '../condition-worth-table.ts';
import { FINISH_SCALES, type FinishScale, finishTerms, levelIn } from './ames-finish.ts';
import {
  type AmesSale,
  controlTerms,
  isUsed,
  numberIn,
  placesOf,
  RATINGS,
  REFERENCE_RATING,
  ratingOf,
} from './ames-sales.ts';
import { classEffects, LEAST_SALES, MAPPINGS, measuredClasses, type RatingEffects } from './class-effects.ts';
import { covarianceOf, drawRows, goodnessOf, leastSquares, pickRows, type Regression } from './resample.ts';

/** Resamples: enough for a standard deviation within 3 %. */
export const RESAMPLES = 600;

const OTHER_RATINGS = RATINGS.filter((rating) => rating !== REFERENCE_RATING);

const ratingTerms = (sale: AmesSale): number[] => OTHER_RATINGS.map((rating) => Number(ratingOf(sale) === rating));

/** ln(price) by the terms of each sale, of which the last ones are of interest. */
function regressionOf(sales: readonly AmesSale[], interest: (sale: AmesSale) => readonly number[]): Regression {
  const places = placesOf(sales);
  return {
    terms: sales.map((sale) => [...controlTerms(sale, places), ...interest(sale)]),
    targets: sales.map((sale) => Math.log(numberIn(sale, 'SalePrice'))),
  };
}

const resampled = <Result>(
  random: Random,
  resamples: number,
  count: number,
  compute: (rows: number[], draw: number) => Result,
): Result[] => Array.from({ length: resamples }, (_, draw) => compute(drawRows(count, random), draw));

/** What the overall condition of a house older than ten years is worth, with whatever goes with it. */
export function fitCondition(all: readonly AmesSale[], resamples = RESAMPLES) {
  const sales = all.filter(isUsed);
  const regression = regressionOf(sales, ratingTerms);
  const ratings = sales.map(ratingOf);
  const whole = leastSquares(regression);
  const effects = effectsOf(ratings, whole);
  const draws = resampled(seededRandom(1), resamples, sales.length, (rows, draw) => {
    const drawn = effectsOf(
      rows.map((row) => ratings[row] ?? ''),
      leastSquares(pickRows(regression, rows)),
    );
    const mapping = MAPPINGS[draw % MAPPINGS.length];
    return {
      ratings: RATINGS.map((rating) => drawn.get(rating)?.logRatio ?? 0),
      classes: mapping ? classEffects(drawn, mapping).map(({ logRatio }) => logRatio) : [],
    };
  });
  const readings = MAPPINGS.map((mapping) => classEffects(effects, mapping));
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const classes = (readings[0] ?? []).map((_, at) => ({
    logRatio: mean(readings.map((reading) => reading[at]?.logRatio ?? 0)),
    sales: Math.round(mean(readings.map((reading) => reading[at]?.sales ?? 0))),
  }));
  return {
    ratings: {
      levels: RATINGS.map((level) => {
        const { logRatio, sales: count } = effects.get(level) ?? { logRatio: 0, sales: 0 };
        return { level, sales: count, logRatio, isMeasured: count >= LEAST_SALES };
      }),
      covariance: covarianceOf(draws.map((draw) => draw.ratings)),
    },
    condition: measuredClasses(classes, covarianceOf(draws.map((draw) => draw.classes))),
    usedSales: sales.length,
    ...goodnessOf(regression, whole),
  };
}

/** Effects by rating, from the coefficients, and the number of sales of each. A rating without sales is left out. */
function effectsOf(ratings: readonly string[], coefficients: readonly number[]): RatingEffects {
  const counts = Map.groupBy(ratings, (rating) => rating);
  const ofInterest = coefficients.slice(-OTHER_RATINGS.length);
  return new Map(
    [...counts].map(([rating, same]) => [
      rating,
      {
        logRatio: ofInterest[OTHER_RATINGS.indexOf(rating as (typeof OTHER_RATINGS)[number])] ?? 0,
        sales: same.length,
      },
    ]),
  );
}

/** What single features are worth, each with the overall condition and all others held equal. */
export function fitFinish(sales: readonly AmesSale[], resamples = RESAMPLES): Record<string, MeasuredLevels> {
  const scales = FINISHES.map((finish) => [finish, FINISH_SCALES[finish]] as const);
  const regression = regressionOf(sales, (sale) => [
    ...ratingTerms(sale),
    ...scales.flatMap(([, scale]) => finishTerms(scale, sale)),
  ]);
  const whole = leastSquares(regression);
  const draws = resampled(seededRandom(2), resamples, sales.length, (rows) => leastSquares(pickRows(regression, rows)));
  let end = whole.length;
  const results = scales.toReversed().map(([finish, scale]) => {
    const terms = Object.keys(scale.levels).length;
    end -= terms;
    const ofScale = (coefficients: readonly number[]) => levelEffects(scale, coefficients.slice(end, end + terms));
    return [finish, measuredScale(scale, sales, ofScale(whole), draws.map(ofScale))] as const;
  });
  return Object.fromEntries(results.toReversed());
}

/** Effects in the order of the levels, the reference's being 0; the last term is of houses without the feature. */
function levelEffects({ levels, reference }: FinishScale, coefficients: readonly number[]): number[] {
  const others = Object.keys(levels).filter((level) => level !== reference);
  return Object.keys(levels).map((level) => coefficients[others.indexOf(level)] ?? 0);
}

function measuredScale(
  scale: FinishScale,
  sales: readonly AmesSale[],
  effects: readonly number[],
  draws: readonly (readonly number[])[],
): MeasuredLevels {
  const counts = Map.groupBy(sales, (sale) => levelIn(scale, sale));
  return {
    levels: Object.keys(scale.levels).map((level, at) => {
      const count = counts.get(level)?.length ?? 0;
      return { level, sales: count, logRatio: effects[at] ?? 0, isMeasured: count >= LEAST_SALES };
    }),
    covariance: covarianceOf(draws),
  };
}
