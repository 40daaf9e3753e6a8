import { numberOf } from '../../price-models/features/feature.ts';
import type { PriceFacts } from '../../price-models/price-facts.ts';
import type { ConditionWorthTable, MeasuredLevels } from '../condition-worth-table.ts';
import { LEAST_SALES } from './class-effects.ts';
import { leastSquares } from './resample.ts';

/** Conditions of King County's assessor with the rating of Ames that has the same word; both against Average. */
const SAME_WORDS = {
  1: { word: 'Poor', rating: '1-2' },
  2: { word: 'Fair', rating: '3' },
  4: { word: 'Good', rating: '7' },
  5: { word: 'Very Good', rating: '8' },
} as const;
const CONDITIONS = Object.keys(SAME_WORDS) as `${keyof typeof SAME_WORDS}`[];

/** The day that ages of houses of the table count from, in years. */
const AS_OF_YEAR = 2015;

function termsOf(facts: PriceFacts, zipCodes: readonly string[]): number[] {
  const number = (fact: string): number => numberOf(facts, fact);
  const decades = (AS_OF_YEAR - number('yearBuilt')) / 10;
  return [
    1,
    Math.log(number('livingAreaSqft')),
    Math.log(number('lotAreaSqft')),
    number('basementSqft') / number('livingAreaSqft'),
    Math.log(number('neighbourLivingAreaSqft')),
    number('grade'),
    number('grade') ** 2 / 10,
    number('bathrooms'),
    number('bedrooms'),
    number('floors'),
    number('view'),
    Number(facts.waterfront ?? false),
    decades,
    decades ** 2 / 10,
    decades ** 3 / 100,
    ...zipCodes.map((zipCode) => Number(facts.zipCode === zipCode)),
    ...CONDITIONS.map((condition) => Number(String(facts.condition) === condition)),
  ];
}

/** A sale of King County. */
export type CountySale = { readonly facts: PriceFacts; readonly price: number };

/**
 * How far the effects of Ames are those of King County, and so of a town that nobody has measured.
 *
 * The factor of King County is the least-squares slope, through 0, of its effects by those of Ames with the same word, over words
 * with enough sales in both. One more town is taken as drawn like these two: mean of their factors, deviation of one more draw,
 * sqrt(1 + 1/2) x their own. Parts of King County, each by itself, are the check: their factors should lie within.
 */
export function fitElsewhere(
  ames: MeasuredLevels,
  amesSales: number,
  rows: readonly CountySale[],
): ConditionWorthTable['elsewhere'] {
  const compared = compare(ames, rows);
  const words = compared.filter((each) => Math.min(each.sales, each.amesSales) >= LEAST_SALES).map(({ word }) => word);
  const factors = [1, slopeOf(compared, words)];
  const meanFactor = factors.reduce((sum, each) => sum + each, 0) / factors.length;
  const variance = factors.reduce((sum, each) => sum + (each - meanFactor) ** 2, 0) / (factors.length - 1);
  return {
    towns: [
      { name: 'Ames, Iowa', sales: amesSales, factor: 1 },
      { name: 'King County, Washington', sales: rows.length, factor: factors[1] ?? 1 },
    ],
    compared,
    meanFactor,
    deviationFactor: Math.sqrt(variance * (1 + 1 / factors.length)),
    partFactors: partsOf(rows).map((part) => slopeOf(compare(ames, part), words)),
  };
}

type Compared = ConditionWorthTable['elsewhere']['compared'];

/** The slope, through 0, of effects there by those of Ames. */
function slopeOf(compared: Compared, words: readonly string[]): number {
  const usable = compared.filter(({ word }) => words.includes(word));
  const sumOf = (term: (each: Compared[number]) => number): number => usable.reduce((sum, each) => sum + term(each), 0);
  return sumOf((each) => each.amesLogRatio * each.logRatio) / sumOf((each) => each.amesLogRatio ** 2);
}

/** Strips from south to north, and the western and eastern half of each; equally many sales in each part. */
const STRIPS = 4;

function partsOf(rows: readonly CountySale[]): CountySale[][] {
  return cut(rows, 'latitude', STRIPS).flatMap((strip) => cut(strip, 'longitude', 2));
}

function cut(rows: readonly CountySale[], fact: string, count: number): CountySale[][] {
  const sorted = rows.toSorted((a, b) => numberOf(a.facts, fact) - numberOf(b.facts, fact));
  const edge = (part: number): number => Math.floor((part * rows.length) / count);
  return Array.from({ length: count }, (_, part) => sorted.slice(edge(part), edge(part + 1)));
}

/** The effects of the same words in both towns. */
function compare(ames: MeasuredLevels, rows: readonly CountySale[]): Compared {
  const zipCodes = [...new Set(rows.map(({ facts }) => String(facts.zipCode)))].toSorted().slice(1);
  const coefficients = leastSquares({
    terms: rows.map(({ facts }) => termsOf(facts, zipCodes)),
    targets: rows.map(({ price }) => Math.log(price)),
  }).slice(-CONDITIONS.length);
  return CONDITIONS.map((condition, at) => {
    const { word, rating } = SAME_WORDS[condition];
    const there = ames.levels.find(({ level }) => level === rating);
    return {
      word,
      amesSales: there?.sales ?? 0,
      amesLogRatio: there?.logRatio ?? 0,
      sales: rows.filter(({ facts }) => String(facts.condition) === condition).length,
      logRatio: coefficients[at] ?? 0,
    };
  });
}
