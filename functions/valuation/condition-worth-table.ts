import { z } from 'zod';
import { UAD_CLASSES, UadClass } from '../assets/asset.ts';
import { Market } from '../price-models/price-model-schema.ts';

/** Features of a house whose worth was measured beside its overall condition. */
export const FINISHES = [
  'kitchen',
  'exteriorCondition',
  'exteriorFinish',
  'heating',
  'basementFinish',
  'garageFinish',
  'defects',
  'wiring',
  'airConditioning',
  'drive',
] as const;
export type Finish = (typeof FINISHES)[number];

const levelsOf = <Level extends z.ZodType<string>>(level: Level) =>
  z
    .strictObject({
      levels: z
        .array(
          z.strictObject({
            level,
            sales: z
              .number()
              .nonnegative()
              .describe('Sales of houses of this level; of a class, the mean of the mappings.'),
            logRatio: z.number().describe('ln(value / value at the reference).'),
            isMeasured: z.boolean().describe('Whether there were enough sales.'),
          }),
        )
        .min(2),
      covariance: z.array(z.array(z.number())).describe('Of the logRatios, in the order of the levels.'),
    })
    .refine(
      ({ levels, covariance }) =>
        covariance.length === levels.length && covariance.every((row) => row.length === levels.length),
      'expected a row and a column of the covariance for each level',
    );

export type MeasuredLevels<Level extends string = string> = z.infer<ReturnType<typeof levelsOf<z.ZodType<Level>>>>;

/** A factor by which effects that were measured in Ames are smaller or larger in another town. */
const Town = z.strictObject({ name: z.string(), sales: z.int().positive(), factor: z.number() });

/** What condition and finish of a house are worth, as measured; `bin/fit-condition-worth.ts` writes it. */
export const ConditionWorthTable = z.strictObject({
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  summary: z.string(),
  licence: z.strictObject({ estimates: z.string(), commercialUse: z.boolean(), note: z.string() }),
  data: z.array(
    z.strictObject({ name: z.string(), origin: z.string(), licence: z.string(), rows: z.int().positive() }),
  ),
  market: Market,
  ratings: levelsOf(z.string()).describe("The assessor's ratings against 5, of houses older than ten years."),
  mappings: z
    .array(z.strictObject({ why: z.string(), ratings: z.record(UadClass, z.array(z.string())) }))
    .min(1)
    .describe('Ways to read the ratings as UAD classes; estimates are their mean, intervals hold their scatter.'),
  condition: levelsOf(UadClass)
    .refine(
      ({ levels }) => levels.map(({ level }) => level).join() === UAD_CLASSES.join(),
      'expected the classes C1 to C6, in this order',
    )
    .describe('The classes against the mix of sold houses older than ten years.'),
  finish: z.record(z.enum(FINISHES), levelsOf(z.string())).describe('Levels against a reference, all else equal.'),
  elsewhere: z.strictObject({
    towns: z.array(Town).min(2),
    compared: z
      .array(
        z.strictObject({
          word: z.string(),
          amesSales: z.int(),
          amesLogRatio: z.number(),
          sales: z.int(),
          logRatio: z.number(),
        }),
      )
      .describe('Effects of the same words in Ames and in the other town, each against its Average.'),
    meanFactor: z.number().describe('Mean of the factors.'),
    deviationFactor: z.number().describe('Standard deviation of the factor of one more town.'),
    partFactors: z.array(z.number()).describe('The factor of each of eight parts of the other town, as a check.'),
  }),
  fit: z.strictObject({
    sales: z.int().positive().describe('Of the fit of finish; that of condition has those older than ten years.'),
    usedSales: z.int().positive(),
    residualDeviation: z.number().describe('Of ln(price), of the fit of condition.'),
    r2: z.number(),
    resamples: z.int().positive(),
  }),
});
export type ConditionWorthTable = z.infer<typeof ConditionWorthTable>;
