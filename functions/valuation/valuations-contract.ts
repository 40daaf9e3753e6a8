import { GradingAdvice } from '../grading/grading-answer.ts';
import { GradingQuestion } from '../grading/grading-question.ts';
import type { Contracts } from '../platform/contract.ts';
import { COMPS_API } from './comps-contract.ts';
import { COMPS_UPLOADS_API } from './uploads-contract.ts';

/** The contracts of `valuations-api`. */
export const VALUATIONS_API = {
  ...COMPS_API,
  ...COMPS_UPLOADS_API,
  adviseOnGrading: {
    summary: 'Advise whether to have a card graded',
    description:
      'By prices and population of its grades: expected profit after every cost, with how much of the population the prices cover, and the probability of profit. Your own expectation shifts the probabilities of the grades. Nothing is stored.',
    body: GradingQuestion,
    status: 200,
    reply: GradingAdvice,
    problems: [],
  },
} as const satisfies Contracts<'valuations-api'>;
