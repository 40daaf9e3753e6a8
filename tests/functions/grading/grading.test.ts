import { describe, expect, it } from 'vitest';
import { GradingAdvice, gradingAdvice } from '../../../functions/grading/grading-answer.ts';
import { GRADING } from '../../../functions/grading/grading-policy.ts';
import { GradingQuestion } from '../../../functions/grading/grading-question.ts';
import { GRADING_RULES } from '../../../functions/grading/grading-rules.ts';
import type { WarningCode } from '../../../functions/grading/grading-warnings.ts';

/** Prices in dollars and population by grade. */
type Grades = Readonly<Record<number, readonly [dollars: number | undefined, population: number]>>;

/** No costs but the raw card and the fee, as when nothing is sold through a marketplace. */
const FREE = { sellingShareRatio: 0, yearlyInterestRatio: 0 };

const question = (grades: Grades, changes: Partial<GradingQuestion> = {}): GradingQuestion =>
  GradingQuestion.parse({
    currency: 'USD',
    cardYear: 2018,
    rawPriceCents: 2900,
    grades: Object.entries(grades).map(([grade, [dollars, population]]) => ({
      grade: Number(grade),
      population,
      ...(dollars !== undefined && { priceCents: dollars * 100 }),
    })),
    costs: FREE,
    ...changes,
  });

const adviceOn = (...parts: Parameters<typeof question>): GradingAdvice =>
  GradingAdvice.parse(gradingAdvice(question(...parts), GRADING_RULES, []));

const codesOf = (advice: GradingAdvice): WarningCode[] => advice.warnings.map(({ code }) => code);

/** A card of which grade 8 pays: it costs $29 raw, and $50 with the fee. */
const PAYS: Grades = { 7: [40, 10], 8: [60, 30], 9: [90, 40], 10: [300, 20] };

describe('gradingAdvice', () => {
  it('takes raw price and fee off each price', () => {
    const { outlayCents, grades } = adviceOn(PAYS);
    expect(outlayCents).toBe(5000);
    expect(grades.map(({ profitCents }) => profitCents)).toEqual([-1000, 1000, 4000, 25_000]);
    expect(grades.map(({ returnRatio }) => returnRatio)).toEqual([-0.2, 0.2, 0.8, 5]);
  });

  it('takes off what a sale costs, and interest for the days that it takes', () => {
    const costs = {
      gradingFeeCents: 2000,
      shippingCents: 1000,
      sellingShareRatio: 0.1,
      sellingCents: 500,
      gradingDays: 265,
      sellingDays: 100,
      yearlyInterestRatio: 0.1,
    };
    const { outlayCents, grades } = adviceOn({ 10: [200, 1] }, { rawPriceCents: 7000, costs });
    expect(outlayCents).toBe(11_000);
    expect(grades[0]?.profitCents).toBe(18_000 - 500 - 11_000);
  });

  it('aborts when the expected grade loses, even if most cards make a profit', () => {
    const { verdict, profitRatio } = adviceOn(PAYS, { expected: { grade: 7, errorGrades: 3 } });
    expect(profitRatio).toBeGreaterThan(0.5);
    expect(verdict).toBe('abort');
  });

  it('prefers to abort to buying the slab, and that to every verdict by odds', () => {
    const loses: Grades = { 8: [40, 1], 9: [90, 50], 10: [300, 49] };
    expect(adviceOn(loses).verdict).toBe('buy_the_slab');
    expect(adviceOn(loses, { expected: { grade: 8 } }).verdict).toBe('abort');
    expect(adviceOn(loses, { expected: { grade: 9 } }).verdict).toBe('buy_the_slab');
  });

  it('takes the highest grade with a price where grade 8 has none', () => {
    expect(adviceOn({ 8: [undefined, 10], 9: [45, 10], 10: [undefined, 10] }).verdict).toBe('buy_the_slab');
    expect(adviceOn({ 8: [undefined, 10], 9: [45, 10], 10: [300, 90] }).verdict).toBe('green');
  });

  it.each([
    ['green', 51],
    ['caution', 50],
    ['caution', 15],
    ['gem_or_bust', 14],
  ] as const)('is %s when %i of a hundred cards bring a profit', (verdict, profitable) => {
    const grades: Grades = { 8: [50, 0], 9: [45, 100 - profitable], 10: [300, profitable] };
    const advice = adviceOn(grades);
    expect(advice.profitRatio).toBeCloseTo(profitable / 100, 9);
    expect(advice.verdict).toBe(verdict);
  });

  it('weighs grades by their population, and not by their number', () => {
    const grades: Grades = { 1: [60, 1], 2: [60, 1], 3: [60, 1], 4: [60, 1], 8: [51, 1], 9: [45, 95] };
    const { profitRatio, verdict } = adviceOn(grades);
    expect(profitRatio).toBeCloseTo(0.05, 9);
    expect(verdict).toBe('gem_or_bust');
  });

  it('says that prices cover 60 % where 40 % of the population has none, and what the others could make of it', () => {
    const { expectedProfit, profitRatio, warnings } = adviceOn({ 7: [undefined, 40], 8: [60, 30], 10: [100, 30] });
    expect(expectedProfit.coverageRatio).toBeCloseTo(0.6, 9);
    expect(expectedProfit).toMatchObject({ cents: 3000, lowCents: -200, highCents: 2200 });
    expect(profitRatio).toBeCloseTo(1, 9);
    expect(warnings).toContainEqual({
      code: 'prices_missing',
      text: 'Without a price: grade 7. Prices cover 60 % of the probability.',
    });
  });

  it('has no upper bound where no higher grade has a price, and no verdict on the odds with too few prices', () => {
    const advice = adviceOn({ 8: [60, 40], 9: [undefined, 60] });
    expect(advice.expectedProfit.highCents).toBeUndefined();
    expect(advice.verdict).toBe('cannot_tell');
  });

  it('cannot tell without any price', () => {
    const advice = adviceOn({ 9: [undefined, 10], 10: [undefined, 5] });
    expect(advice).toMatchObject({ verdict: 'cannot_tell', expectedProfit: { coverageRatio: 0 } });
    expect([advice.profitRatio, advice.expectedProfit.cents, advice.breakEvenGrade]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('shifts the probabilities to the expected grade, more for a smaller error, and leaves the shares', () => {
    const probabilityOfTen = (grade?: number, errorGrades = 1) =>
      adviceOn(PAYS, grade === undefined ? {} : { expected: { grade, errorGrades } }).grades.at(-1);
    const [none, ten, sure, seven] = [
      probabilityOfTen(),
      probabilityOfTen(10),
      probabilityOfTen(10, 0.5),
      probabilityOfTen(7),
    ];
    const probabilities = [seven, none, ten, sure].map((each) => each?.probabilityRatio ?? 0);
    expect(probabilities.every((each, at) => at === 0 || each > (probabilities[at - 1] ?? 1))).toBe(true);
    expect([none, ten, sure, seven].map((each) => each?.shareRatio)).toEqual([0.2, 0.2, 0.2, 0.2]);
  });

  it('does not think a grade impossible that no card has been given yet', () => {
    const { grades } = adviceOn({ 6: [30, 0], 8: [60, 0], 10: [300, 5] }, { expected: { grade: 6, errorGrades: 0.5 } });
    expect(grades[0]?.probabilityRatio).toBeGreaterThan(0.9);
  });

  it('compares with selling the raw card today', () => {
    const costs = { ...FREE, sellingShareRatio: 0.1 };
    const { expectedProfit } = adviceOn({ 10: [100, 1] }, { costs });
    // Graded 9000 - 5000; raw 2610 - 2900.
    expect(expectedProfit).toMatchObject({ cents: 4000, overSellingRawCents: 4290 });
  });

  it.each<[WarningCode, Grades, Partial<GradingQuestion>]>([
    ['expected_loss', { 8: [50, 1], 9: [45, 99] }, {}],
    ['raw_sells_better', { 8: [51, 1], 9: [45, 99] }, { rawPriceCents: 2900 }],
    ['break_even_unlikely', { 8: [40, 80], 10: [300, 20] }, {}],
    ['break_even_high', { 7: [40, 1], 8: [60, 1] }, {}],
    ['no_margin', PAYS, { expected: { grade: 9 } }],
    [
      'raw_expensive',
      { 8: [150, 70], 9: [100, 30] },
      { rawPriceCents: 12_901, costs: { ...FREE, gradingFeeCents: 2100 } },
    ],
    ['all_on_the_ten', { 9: [50, 1], 10: [251, 1] }, {}],
    ['fee_heavy', { 8: [80, 1] }, {}],
    ['tens_common', { 8: [60, 39], 10: [300, 61] }, {}],
    ['many_tens', { 8: [60, 5001], 10: [300, 5001] }, {}],
    ['not_a_ten', { 8: [60, 51], 10: [300, 49] }, {}],
    ['population_tiny', { 10: [300, 49] }, {}],
    ['population_small', { 10: [300, 50] }, {}],
    ['population_large', { 10: [300, 5001] }, {}],
    ['population_flood', { 10: [300, 10_001] }, {}],
    ['prices_missing', { 9: [undefined, 1], 10: [300, 1] }, {}],
    ['prices_fall', { 9: [90, 1], 10: [80, 1] }, {}],
  ])('warns: %s', (code, grades, changes) => {
    expect(codesOf(adviceOn(grades, changes))).toContain(code);
  });

  it('says only of lower grades with a price that they lose money', () => {
    const codes = (grades: Grades) => codesOf(adviceOn(grades));
    expect(codes({ 8: [undefined, 80], 9: [undefined, 10], 10: [300, 10] })).not.toContain('break_even_high');
    const { warnings } = adviceOn({ 8: [undefined, 80], 9: [45, 10], 10: [300, 10] });
    expect(warnings.find(({ code }) => code === 'break_even_high')?.text).toBe(
      'Below grade 10, each grade with a price loses money: grade 9.',
    );
  });

  it('does not say that a graded card costs less than a raw one where fees are what loses', () => {
    const { verdict, advice } = adviceOn({ 8: [60, 10] }, { costs: { ...FREE, sellingShareRatio: 0.5 } });
    expect(verdict).toBe('buy_the_slab');
    expect(advice).toBe(
      'Do not have it graded: what the sale of a graded one leaves is less than the raw card and its grading cost.',
    );
  });

  it('warns of nothing where nothing is wrong', () => {
    expect(codesOf(adviceOn({ 6: [60, 100], 7: [70, 150], 8: [100, 150], 9: [150, 150], 10: [300, 200] }))).toEqual([]);
  });

  it('names era and rarity', () => {
    const yearsAndCards = [
      [1983, 99],
      [1984, 100],
      [1994, 499],
      [1995, 500],
      [2019, 1999],
      [2020, 2000],
    ] as const;
    const named = yearsAndCards.map(([cardYear, cards]) => {
      const { era, rarity } = adviceOn({ 10: [300, cards] }, { cardYear }).population;
      return `${era} ${rarity}`;
    });
    expect(named).toEqual([
      'vintage very_rare',
      'junk_wax rare',
      'junk_wax rare',
      'modern scarce',
      'modern scarce',
      'current common',
    ]);
  });
});

describe('GradingQuestion', () => {
  const messagesOf = (changes: object) =>
    (GradingQuestion.safeParse({ ...question(PAYS), ...changes }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it('refuses a grade twice, no population, half of a half, and a price of nothing', () => {
    expect(messagesOf({ grades: [{ grade: 9, population: 1 }, { grade: 9 }] })).toEqual([
      'grades.1.grade: expected each grade once; 9 is there again',
    ]);
    expect(messagesOf({ grades: [{ grade: 9 }] })).toEqual([
      'grades: expected a population above 0 of at least one grade',
    ]);
    expect(messagesOf({ grades: [{ grade: 9.25, population: 1 }] })).toEqual([
      'grades.0.grade: expected a multiple of 0.5',
    ]);
    expect(messagesOf({ grades: [{ grade: 9, population: 1, priceCents: 0 }] })).toHaveLength(1);
  });
});

describe('GRADING', () => {
  it('accepts its defaults, and refuses bounds that contradict each other', () => {
    expect(GRADING.schema.safeParse(GRADING.defaults).success).toBe(true);
    const verdicts = { ...GRADING.defaults.verdicts, cautionFromRatio: 0.6 };
    expect(GRADING.schema.safeParse({ ...GRADING.defaults, verdicts }).error?.issues).toMatchObject([
      { message: 'expected a probability of at least 0.6, as verdicts.cautionFromRatio is' },
    ]);
  });
});
