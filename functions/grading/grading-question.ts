import { z } from 'zod';
import { CurrencyCode } from '../platform/currency-code.ts';
import { RequestError } from '../platform/errors.ts';

/** Grades from 1 to 10 in halves, of which no company uses all. */
const MOST_GRADES = 19;

const Cents = z.int().min(0).max(1_000_000_000);

const Grade = z
  .number()
  .min(1)
  .max(10)
  // Exact, which `multipleOf` is not.
  .refine((grade) => Number.isInteger(grade * 2), 'expected a multiple of 0.5')
  .meta({ multipleOf: 0.5 });

const GradeFacts = z.strictObject({
  grade: Grade.describe('The grade, 1 to 10 in halves.'),
  priceCents: Cents.min(1)
    .optional()
    .describe('What a card of this grade sells for, in cents. Absent when unknown, never 0.'),
  population: z
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .describe('Cards that have been given this grade. Absent counts as none.'),
});

const Costs = z
  .strictObject({
    gradingFeeCents: Cents.optional().describe("The grading company's fee, in cents."),
    shippingCents: Cents.optional().describe('Postage to the grading company and back, in cents.'),
    sellingShareRatio: z.number().min(0).max(0.9).optional().describe('Share of the price that the marketplace takes.'),
    sellingCents: Cents.optional().describe('What a sale costs beside it, in cents.'),
    gradingDays: z.int().min(0).max(3650).optional().describe('Days at the grading company.'),
    sellingDays: z.int().min(0).max(3650).optional().describe('Days until it is sold.'),
    yearlyInterestRatio: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("A year's interest on what is tied up, such as 0.05."),
  })
  .describe('What grading and selling costs. What is absent is taken from the policy, and repeated in the reply.');

const Expectation = z
  .strictObject({
    grade: Grade.describe('The grade that you expect, by the condition of the card.'),
    errorGrades: z
      .number()
      .min(0.25)
      .max(5)
      .optional()
      .describe('How far you may be off, in grades (one standard error). The default is that of the policy.'),
  })
  .describe('Your own estimate of the condition. It shifts the probabilities of the grades towards it.');

/** What is known of a card and its grades. */
export const GradingQuestion = z
  .strictObject({
    currency: CurrencyCode.describe('ISO 4217 code of the currency of every amount, such as USD.'),
    cardYear: z.int().min(1800).max(2200).describe('Calendar year of the card, next year at most.'),
    rawPriceCents: Cents.describe('What the raw card costs, or would sell for today, in cents.'),
    grades: z
      .array(GradeFacts)
      .min(1)
      .max(MOST_GRADES)
      .describe('What is known of each grade, in any order. At least one needs a population.'),
    expected: Expectation.optional(),
    costs: Costs.optional(),
  })
  .check(({ value: { grades }, issues }) => {
    grades.forEach(({ grade }, index) => {
      if (grades.findIndex((other) => other.grade === grade) === index) return;
      const message = `expected each grade once; ${grade} is there again`;
      issues.push({ code: 'custom', path: ['grades', index, 'grade'], input: grade, message });
    });
    if (grades.some(({ population = 0 }) => population > 0)) return;
    const message = 'expected a population above 0 of at least one grade';
    issues.push({ code: 'custom', path: ['grades'], input: grades, message });
  })
  .meta({ id: 'GradingQuestion', description: 'What is known of a card, its grades and what grading costs.' });
export type GradingQuestion = z.infer<typeof GradingQuestion>;

/** Refuses a card of a year that is not there yet: next year's are sold early. @throws RequestError invalid_request */
export function cardYearPossible({ cardYear }: GradingQuestion, now: Date): void {
  const latest = now.getUTCFullYear() + 1;
  if (cardYear <= latest) return;
  const violation = { path: 'body.cardYear', expected: `at most ${latest}`, received: `number ${cardYear}` };
  throw new RequestError('invalid_request', `body.cardYear: expected at most ${latest}, received number ${cardYear}.`, [
    { ...violation, message: `expected at most ${latest}` },
  ]);
}
