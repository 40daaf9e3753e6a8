import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file of the project: its path, its text, and what it imports: paths from the root, or names of packages. */
export type SourceFile = { readonly path: string; readonly text: string; readonly imports: readonly string[] };

export const PROGRAM = /^(bin|functions|lib|local)\/.+\.(ts|mjs)$/;
export const EVERY_FILE = /\.(ts|mjs|py)$/;

/** The paths of our source files. */
export const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => EVERY_FILE.test(path) && existsSync(path));

export const files: readonly SourceFile[] = tracked.map((path) => {
  const text = readFileSync(path, 'utf8');
  const specifiers = [
    ...text.matchAll(/(?:^|\n)(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/g),
  ];
  const imports = specifiers.map(([, fixed, dynamic]) => fixed ?? dynamic ?? '');
  return {
    path,
    text,
    imports: imports.map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name)),
  };
});
