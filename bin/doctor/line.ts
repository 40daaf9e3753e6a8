/** The outcome of one check, a line of the doctor's report. */
export type Line = {
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** what the operator does about it; none where all is well */
  readonly todo?: string;
};

export const ok = (check: string, found: string): Line => ({ check, status: 'ok', found });
export const warn = (check: string, found: string, todo: string): Line => ({ check, status: 'warn', found, todo });
export const fail = (check: string, found: string, todo: string): Line => ({ check, status: 'fail', found, todo });

/** Longer than the name of any check. */
const NAME_WIDTH = 14;

/** A line as text; what to do stands below what was found. */
export function lineText({ check, status, found, todo }: Line): string {
  const begin = `${status.padEnd(4)}  ${check.padEnd(NAME_WIDTH)}`;
  return `${begin}${found}\n${todo === undefined ? '' : `${' '.repeat(begin.length)}→ ${todo}\n`}`;
}
