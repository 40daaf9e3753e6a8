import { z } from 'zod';
import table from '../../models/worth/house-condition.json' with { type: 'json' };
import { UAD_CLASSES, type UadClass } from '../assets/asset.ts';
import { Market } from '../price-models/price-model-schema.ts';
import { ConditionWorthTable, type Finish, type MeasuredLevels } from './condition-worth-table.ts';
import { changeInWords, comparedInWords, inPercent, sharesInWords } from './condition-worth-words.ts';

/** The estimates of this release; docs/models/condition-worth.md shows them. */
export const CONDITION_WORTH: ConditionWorthTable = ConditionWorthTable.parse(table);

/** What one state of a house is worth against another, with whatever usually goes with it. */
export const ConditionWorth = z
  .strictObject({
    ratio: z.number().positive().describe('Value in this state / value in the reference state.'),
    p10Ratio: z.number().positive().describe('Lower end of its 80 % interval.'),
    p90Ratio: z.number().positive().describe('Upper end of its 80 % interval.'),
    logDeviation: z
      .number()
      .nonnegative()
      .describe('Standard deviation of ln(ratio): p10Ratio and p90Ratio are ratio x exp(-/+ 1.2816 x logDeviation).'),
    unmeasuredRatio: z
      .number()
      .min(0)
      .max(1)
      .describe('Share of the probability at classes with too few sales; the interval is wide for it.'),
    words: z.string().describe('The same in words, with its origin.'),
    source: z
      .strictObject({
        name: z.string().describe('Their name.'),
        version: z.string().describe('Their version; the same version gives the same ratios.'),
        ...Market.shape,
      })
      .describe('The estimates that it is from.'),
  })
  .meta({
    id: 'ConditionWorth',
    description:
      'What a condition is worth, as a ratio. An association in prices of sold houses: it does not say what a repair returns.',
  });
export type ConditionWorth = z.infer<typeof ConditionWorth>;

/** Probabilities by class, C1 to C6, which need not add up to exactly 1. */
export type ClassShares = Readonly<Record<UadClass, number>>;

/** 90 % quantile of the standard normal distribution. */
const Z_90 = 1.2816;

type Normal = { readonly mean: number; readonly variance: number };

/**
 * What a house in this condition is worth against one in another.
 *
 * ln(ratio) has the mean and the variance of the mixture of the classes: what is not known of the class, of its effect in Ames,
 * of the reading of Ames' ratings as UAD classes, and of how far another town is like Ames. Worse probabilities never raise it.
 *
 * @param condition a class, or probabilities by class
 * @param against a class, or `typical`: the mix of sold houses older than ten years, for values that know no condition
 * @throws Error when the probabilities are not positive anywhere
 */
export function worthOfCondition(
  condition: ClassShares | UadClass,
  against: UadClass | 'typical' = 'typical',
): ConditionWorth {
  const shares = typeof condition === 'string' ? certain(condition) : normalised(condition);
  const reference = against === 'typical' ? undefined : UAD_CLASSES.indexOf(against);
  const { levels } = CONDITION_WORTH.condition;
  const parts = UAD_CLASSES.map((name, at) => ({
    share: shares[name],
    ...elsewhere(contrast(CONDITION_WORTH.condition, at, reference)),
    isUnmeasured: at !== reference && [at, reference ?? at].some((each) => !levels[each]?.isMeasured),
  }));
  const mean = parts.reduce((sum, part) => sum + part.share * part.mean, 0);
  const square = parts.reduce((sum, part) => sum + part.share * (part.variance + part.mean ** 2), 0);
  const unmeasuredRatio = parts.reduce((sum, { share, isUnmeasured }) => sum + (isUnmeasured ? share : 0), 0);
  const what = typeof condition === 'string' ? `A house in ${condition}` : `A house of ${sharesInWords(shares)}`;
  const other = against === 'typical' ? 'a typical used house' : `one in ${against}`;
  return worth({ mean, variance: Math.max(0, square - mean ** 2) }, [what, other], unmeasuredRatio);
}

/**
 * What one level of a feature is worth against another, overall condition and everything else equal; undefined where a level is
 * unknown or had too few sales.
 */
export function worthOfFinish(finish: Finish, from: string, to: string): ConditionWorth | undefined {
  const scale = CONDITION_WORTH.finish[finish];
  const [before, after] = [from, to].map((name) => scale.levels.findIndex(({ level }) => level === name));
  const areMeasured = [before, after].every((at) => at !== undefined && scale.levels[at]?.isMeasured);
  if (before === undefined || after === undefined || !areMeasured) return undefined;
  return worth(
    elsewhere(contrast(scale, after, before)),
    [`A house with "${to}" as ${FINISH_WORDS[finish]}`, `one with "${from}"`],
    0,
  );
}

/** Names of the features in sentences. */
const FINISH_WORDS: Record<Finish, string> = {
  kitchen: 'quality of the kitchen',
  exteriorCondition: 'condition of the exterior',
  exteriorFinish: 'quality of the exterior',
  heating: 'quality of the heating',
  basementFinish: 'finish of the basement',
  garageFinish: 'finish of the garage',
  defects: 'defects that lessen its use',
  wiring: 'wiring',
  airConditioning: 'air conditioning',
  drive: 'drive',
};

const certain = (name: UadClass): ClassShares =>
  Object.fromEntries(UAD_CLASSES.map((each) => [each, Number(each === name)])) as ClassShares;

function normalised(shares: ClassShares): ClassShares {
  const whole = UAD_CLASSES.reduce((sum, name) => sum + shares[name], 0);
  if (!(whole > 0)) throw new Error('expected probabilities of classes, received none above 0');
  return Object.fromEntries(UAD_CLASSES.map((name) => [name, shares[name] / whole])) as ClassShares;
}

/** A level against another, or against the reference of the scale; variance by a'Ca. */
function contrast({ levels, covariance }: MeasuredLevels, at: number, reference?: number): Normal {
  const covarianceOf = (i: number, j: number): number => covariance[i]?.[j] ?? 0;
  const own = levels[at]?.logRatio ?? 0;
  if (reference === undefined) return { mean: own, variance: covarianceOf(at, at) };
  return {
    mean: own - (levels[reference]?.logRatio ?? 0),
    variance: Math.max(0, covarianceOf(at, at) + covarianceOf(reference, reference) - 2 * covarianceOf(at, reference)),
  };
}

/** The effect in a town that was not measured: x a factor with mean and deviation, by the variance of a product. */
function elsewhere({ mean, variance }: Normal): Normal {
  const { meanFactor, deviationFactor } = CONDITION_WORTH.elsewhere;
  return {
    mean: meanFactor * mean,
    variance: meanFactor ** 2 * variance + deviationFactor ** 2 * (mean ** 2 + variance),
  };
}

/** The exponential of a normal distribution, in figures and words. */
function worth(
  { mean, variance }: Normal,
  [state, reference]: readonly [string, string],
  unmeasuredRatio: number,
): ConditionWorth {
  const logDeviation = Math.sqrt(variance);
  const at = (z: number): number => Math.exp(mean + z * logDeviation);
  const [ratio, p10Ratio, p90Ratio] = [at(0), at(-Z_90), at(Z_90)];
  const doubt = unmeasuredRatio > 0 ? `, ${inPercent(unmeasuredRatio)} of it at classes with too few sales` : '';
  const words =
    `${state} sold for ${comparedInWords(ratio)} ${reference} (80 % interval: ${changeInWords(p10Ratio)} to ` +
    `${changeInWords(p90Ratio)}${doubt}). ${originInWords(CONDITION_WORTH)}`;
  const { name, version, market } = CONDITION_WORTH;
  return { ratio, p10Ratio, p90Ratio, logDeviation, unmeasuredRatio, words, source: { name, version, ...market } };
}

function originInWords({ fit, market, elsewhere: { towns } }: ConditionWorthTable): string {
  const [from, to] = [market.vintage.from, market.vintage.to].map((day) => day.slice(0, 4));
  const [measured, compared] = towns.map(({ name }) => name);
  return (
    `Measured on ${fit.sales.toLocaleString('en-US')} sales in ${measured}, ${from} to ${to}, and lessened and widened by how ` +
    `far those of ${compared} differ: an association, not what a repair returns.`
  );
}
