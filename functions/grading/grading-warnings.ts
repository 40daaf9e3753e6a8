import { probabilityOf } from './grade-odds.ts';
import type { GradingOutlook } from './grading-advice.ts';
import type { GradingRules } from './grading-policy.ts';
import type { GradingQuestion } from './grading-question.ts';

export const WARNINGS = [
  'expected_loss',
  'raw_sells_better',
  'break_even_unlikely',
  'break_even_high',
  'no_margin',
  'raw_expensive',
  'all_on_the_ten',
  'fee_heavy',
  'tens_common',
  'many_tens',
  'not_a_ten',
  'population_tiny',
  'population_small',
  'population_large',
  'population_flood',
  'prices_missing',
  'prices_fall',
] as const;
export type WarningCode = (typeof WARNINGS)[number];
export type Warning = { readonly code: WarningCode; readonly text: string };

type Facts = { readonly question: GradingQuestion; readonly outlook: GradingOutlook; readonly rules: GradingRules };

/** What speaks against it, or makes it uncertain, in the order of WARNINGS. */
export function gradingWarnings(facts: Facts): Warning[] {
  const found = [...moneyWarnings(facts), ...oddsWarnings(facts), ...evidenceWarnings(facts)];
  return found.toSorted((one, other) => WARNINGS.indexOf(one.code) - WARNINGS.indexOf(other.code));
}

const when = (holds: boolean, code: WarningCode, text: string): Warning[] => (holds ? [{ code, text }] : []);

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;

function moneyWarnings({ question, outlook, rules: { warnings: bounds } }: Facts): Warning[] {
  const { expected, overSellingRaw, grades, target, costs, profitRatio } = outlook;
  const priceOf = (grade: number) => grades.find((each) => each.grade === grade)?.priceCents;
  const [nine, ten] = [priceOf(9), priceOf(10)];
  const tenToNine = nine !== undefined && ten !== undefined ? ten / nine : 0;
  const feeShare = target?.priceCents === undefined ? 0 : costs.gradingFeeCents / target.priceCents;
  const isRisky = profitRatio !== undefined && profitRatio < bounds.riskyProfitRatio;
  return [
    ...when(
      (expected.profit ?? 0) < 0,
      'expected_loss',
      'On average over the grades with a price, grading loses money.',
    ),
    ...when(
      (overSellingRaw ?? 0) < 0,
      'raw_sells_better',
      'Selling the raw card today brings more than grading it, on average.',
    ),
    ...when(
      isRisky && question.rawPriceCents > bounds.expensiveRawCents,
      'raw_expensive',
      `Much money is at stake for a probability of profit of ${percent(profitRatio ?? 0)}.`,
    ),
    ...when(
      tenToNine > bounds.tenToNineRatio,
      'all_on_the_ten',
      `A 10 costs ${tenToNine.toFixed(1)} times as much as a 9: one grade less, and most of the value is gone.`,
    ),
    ...when(
      feeShare > bounds.feeShareRatio,
      'fee_heavy',
      `The fee is ${percent(feeShare)} of the price of grade ${target?.grade}.`,
    ),
  ];
}

function oddsWarnings({ question, outlook, rules: { warnings: bounds } }: Facts): Warning[] {
  const { grades, breakEven, scenarios } = outlook;
  const atLeast = breakEven && probabilityOf(grades.filter(({ grade }) => grade >= breakEven.grade));
  const margin = breakEven && question.expected && question.expected.grade - breakEven.grade;
  const likely = scenarios.likely;
  // Of a lower grade without a price nothing is known.
  const losing = grades.filter(({ grade, profit }) => breakEven && profit !== undefined && grade < breakEven.grade);
  return [
    ...when(
      atLeast !== undefined && atLeast < bounds.breakEvenUnlikelyRatio,
      'break_even_unlikely',
      `The probability of grade ${breakEven?.grade}, which loses nothing, or better is ${percent(atLeast ?? 0)}.`,
    ),
    ...when(
      breakEven !== undefined && losing.length > 0 && breakEven.grade >= bounds.highBreakEvenGrade,
      'break_even_high',
      `Below grade ${breakEven?.grade}, each grade with a price loses money: ${gradesText(losing)}.`,
    ),
    ...when(
      margin !== undefined && margin >= 0 && margin <= bounds.marginGrades,
      'no_margin',
      `You expect grade ${question.expected?.grade}, and grade ${breakEven?.grade} is needed to lose nothing.`,
    ),
    ...when(
      likely !== undefined && likely.grade !== 10 && likely.probabilityRatio > bounds.modalRatio,
      'not_a_ten',
      `Grade ${likely?.grade} is what to expect: its probability is ${percent(likely?.probabilityRatio ?? 0)}.`,
    ),
  ];
}

function evidenceWarnings({ outlook, rules: { warnings: bounds } }: Facts): Warning[] {
  const { grades, population, tenRatio, expected } = outlook;
  const tens = grades.find(({ grade }) => grade === 10)?.population ?? 0;
  const unpriced = grades.filter(
    ({ priceCents, probabilityRatio }) => priceCents === undefined && probabilityRatio > 0,
  );
  const priced = grades.filter(({ priceCents }) => priceCents !== undefined);
  const falls = priced.filter(({ priceCents = 0 }, at) => priceCents < (priced[at - 1]?.priceCents ?? 0));
  const isTiny = population < bounds.tinyPopulation;
  const isFlood = population > bounds.floodPopulation;
  const cards = `${population} graded cards`;
  return [
    ...when(tenRatio > bounds.manyTensRatio, 'tens_common', `${percent(tenRatio)} of all graded cards are tens.`),
    ...when(tens > bounds.manyTens, 'many_tens', `There are ${tens} tens, and each is for sale some day.`),
    ...when(isTiny, 'population_tiny', `Only ${cards}: their shares are chance.`),
    ...when(
      !isTiny && population < bounds.smallPopulation,
      'population_small',
      `Only ${cards}: their shares are rough.`,
    ),
    ...when(!isFlood && population > bounds.largePopulation, 'population_large', `Supply is large: ${cards}.`),
    ...when(isFlood, 'population_flood', `Supply is a flood: ${cards}.`),
    ...when(
      unpriced.length > 0 && expected.coverageRatio < bounds.coverageRatio,
      'prices_missing',
      `Without a price: ${gradesText(unpriced)}. Prices cover ${percent(expected.coverageRatio)} of the probability.`,
    ),
    ...when(falls.length > 0, 'prices_fall', `Cheaper than a lower grade: ${gradesText(falls)}. Check these prices.`),
  ];
}

const gradesText = (grades: readonly { readonly grade: number }[]): string =>
  `grade${grades.length > 1 ? 's' : ''} ${grades.map(({ grade }) => grade).join(', ')}`;
