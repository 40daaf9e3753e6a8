import type { Violation } from '../platform/problem.ts';
import { limited, MAX_VIOLATIONS } from '../platform/violations.ts';
import { type ReadRow, UNKNOWN_FACT } from './price-rows.ts';

/**
 * The violations that the reply lists of each row, by its place: MAX_VIOLATIONS in all, and of each wrong row at least the first
 * with the number of the others, so that 500 rows of 1 MB in all cannot make a reply above Lambda's 6 MB.
 */
export function listedErrors(rows: readonly ReadRow[]): readonly (readonly Violation[])[] {
  let left = MAX_VIOLATIONS;
  let namedAt: string | undefined;
  return rows.map((row, index) => {
    if (row.status !== 'wrong') return [];
    const errors = namedOnce(limited(`body.rows[${index}]`, row.errors, left), namedAt);
    left -= errors.length;
    namedAt ??= pathOfUnknown(errors);
    return errors;
  });
}

/**
 * The violations with the known facts named by the first unknown one; the others refer to its path.
 *
 * @param namedAt where they are named already
 */
export function namedOnce(errors: readonly Violation[], namedAt = pathOfUnknown(errors)): readonly Violation[] {
  return errors.map((error) =>
    error.message === UNKNOWN_FACT && error.path !== namedAt
      ? { ...error, expected: `one of the facts that are named at ${namedAt}` }
      : error,
  );
}

const pathOfUnknown = (errors: readonly Violation[]): string | undefined =>
  errors.find(({ message }) => message === UNKNOWN_FACT)?.path;
