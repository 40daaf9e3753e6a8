import { z } from 'zod';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './names/problems.ts';

/** One part of the input that is not as it should be. */
export const Violation = z
  .strictObject({
    path: z.string().meta({ example: 'body.photos[3].bytes' }),
    expected: z.string().meta({ example: 'at most 8388608' }),
    received: z.string().meta({ example: 'number 9000000' }),
    message: z.string().meta({ example: 'expected at most 8388608' }),
  })
  .meta({ id: 'Violation' });
export type Violation = Readonly<z.infer<typeof Violation>>;

/** RFC 9457, with a `code` for programs, which never changes its meaning. */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'what was expected, what came, which limit' }),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    instance: z.string().optional().meta({ description: 'names this request in our log' }),
    errors: z.array(Violation).optional().meta({ description: 'every fault of the request, not only the first' }),
  })
  .meta({ id: 'Problem' });
export type Problem = Readonly<z.infer<typeof Problem>>;

/** The problem of this code on this occasion. */
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
