import { z } from 'zod';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './names/problems.ts';

/** One part of the request that does not meet the contract. */
export const Violation = z
  .strictObject({
    path: z.string().meta({ description: 'Where in the request.', example: 'body.photos[3].bytes' }),
    expected: z.string().meta({ description: 'What was expected there.', example: 'at most 8388608' }),
    received: z.string().meta({ description: 'What was received, shortened.', example: 'number 9000000' }),
    message: z.string().meta({ description: 'The violation in words.', example: 'expected at most 8388608' }),
  })
  .meta({ id: 'Violation' });
export type Violation = Readonly<z.infer<typeof Violation>>;

/** An error as RFC 9457 defines it, with a stable `code`. */
export const Problem = z
  .strictObject({
    type: z.string().describe(`The code as a URN: \`${PROBLEM_TYPE_PREFIX}\` and \`code\`.`),
    title: z.string().describe('The kind of problem in words; the same for every request with this code.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('This problem in words: what was expected, what was received, which limit applies.'),
    code: z
      .enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])
      .describe('The kind of problem for programs. A code never changes its meaning.'),
    instance: z.string().optional().describe('This request; please quote it when you ask for help.'),
    errors: z.array(Violation).optional().describe('Every violation of the request, not only the first.'),
  })
  .meta({ id: 'Problem' });
export type Problem = Readonly<z.infer<typeof Problem>>;

/** A problem with this code, of this request. */
export const problem = (
  code: ProblemCode,
  detail: string,
  requestId: string,
  violations: readonly Violation[] = [],
): Problem => ({
  type: `${PROBLEM_TYPE_PREFIX}${code}`,
  ...PROBLEMS[code],
  detail,
  code,
  instance: `urn:fettle:request:${requestId}`,
  ...(violations.length > 0 && { errors: [...violations] }),
});
