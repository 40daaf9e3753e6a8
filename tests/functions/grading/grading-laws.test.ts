import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradingAdvice, gradingAdvice } from '../../../functions/grading/grading-answer.ts';
import { GradingQuestion } from '../../../functions/grading/grading-question.ts';
import { GRADING_RULES } from '../../../functions/grading/grading-rules.ts';

const Grades = fc
  .uniqueArray(
    fc.record({
      grade: fc.integer({ min: 2, max: 20 }).map((halves) => halves / 2),
      priceCents: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
      population: fc.integer({ min: 0, max: 20_000 }),
    }),
    { selector: ({ grade }) => grade, minLength: 1, maxLength: 19 },
  )
  .filter((grades) => grades.some(({ population }) => population > 0));

const Questions = fc.record({
  currency: fc.constant('USD'),
  cardYear: fc.integer({ min: 1880, max: 2026 }),
  rawPriceCents: fc.integer({ min: 0, max: 500_000 }),
  grades: Grades,
  expected: fc.option(fc.record({ grade: fc.constantFrom(1, 5.5, 8, 10), errorGrades: fc.constantFrom(0.25, 1, 5) }), {
    nil: undefined,
  }),
});

describe('any question', () => {
  const answer = (asked: GradingQuestion) => GradingAdvice.parse(gradingAdvice(asked, GRADING_RULES, []));

  it('gets an answer whose probabilities add up to 1, and whose bounds hold the expected profit', () => {
    fc.assert(
      fc.property(Questions, (asked) => {
        const { grades, expectedProfit } = answer(GradingQuestion.parse(asked));
        expect(grades.reduce((sum, { probabilityRatio }) => sum + probabilityRatio, 0)).toBeCloseTo(1, 6);
        const { coverageRatio, cents, lowCents, highCents } = expectedProfit;
        if (coverageRatio > 0.999999 && cents !== undefined) {
          expect([lowCents, highCents ?? cents].map((each) => Math.abs(each - cents) <= 1)).toEqual([true, true]);
        }
        if (highCents !== undefined) expect(lowCents).toBeLessThanOrEqual(highCents + 1);
      }),
    );
  });

  it('is never better advised by a higher fee', () => {
    fc.assert(
      fc.property(Questions, fc.integer({ min: 1, max: 50_000 }), (asked, more) => {
        const { grades, outlayCents, profitRatio = 0 } = answer(GradingQuestion.parse(asked));
        const dearer = answer(GradingQuestion.parse({ ...asked, costs: { gradingFeeCents: 2100 + more } }));
        expect(dearer.outlayCents).toBeGreaterThanOrEqual(outlayCents);
        expect(dearer.profitRatio ?? 0).toBeLessThanOrEqual(profitRatio + 1e-9);
        grades.forEach(({ profitCents = 0 }, at) => {
          expect(dearer.grades[at]?.profitCents ?? 0).toBeLessThanOrEqual(profitCents);
        });
      }),
    );
  });
});
