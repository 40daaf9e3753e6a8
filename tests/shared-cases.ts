import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Small inputs after public bug reports; they lie beside the project and are no part of it. */
const CASES_DIR = join(import.meta.dirname, '..', '..', 'shared', 'cases');

export const readCase = (name: string): Promise<Buffer> => readFile(join(CASES_DIR, name));

/** Tests that need the shared cases. Where there are none they are skipped, which one test says by its name and on the console. */
export function describeWithCases(name: string, tests: () => void): void {
  if (existsSync(CASES_DIR)) describe(name, tests);
  else describe(name, () => skipLoudly(name));
}

function skipLoudly(name: string): void {
  it(`is NOT tested against the shared cases, for there is no ${CASES_DIR}`, () => {
    process.stderr.write(`SKIPPED: ${name}: no shared cases at ${CASES_DIR}\n`);
    expect(existsSync(CASES_DIR)).toBe(false);
  });
}
