import type { ProblemCode } from './names/problems.ts';
import type { Violation } from './problem.ts';

/** The caller's mistake. `detail` is shown to the caller: what was expected, what was received, which limit applies. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ProblemCode;
  readonly violations: readonly Violation[];
  /** after which the same request can succeed */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, violations: readonly Violation[] = [], retryAfterSeconds?: number) {
    super(detail);
    this.code = code;
    this.violations = violations;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
