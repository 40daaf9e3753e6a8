import type { ProblemCode } from './names.ts';

/** One part of the input that is not as it should be. */
export type Violation = {
  /** e.g. `body.photos[3].bytes` */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
};

/** The caller's mistake. `detail` is shown to the caller: what was expected, what came, which limit. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ProblemCode;
  readonly violations: readonly Violation[];

  constructor(code: ProblemCode, detail: string, violations: readonly Violation[] = []) {
    super(detail);
    this.code = code;
    this.violations = violations;
  }
}
