import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file of the project: its path, its text, and what it imports: paths from the root, or names of packages. */
export type SourceFile = { readonly path: string; readonly text: string; readonly imports: readonly string[] };

export const PROGRAM = /^(bin|functions|layers|lib|local)\/.+\.(ts|mjs)$/;
export const PYTHON = /\.py$/;
export const EVERY_FILE = /\.(ts|mjs|py)$/;
/** Without I/O, clock, chance and log: of the capabilities, and of the platform. */
export const PURE = /^functions\/(?!platform\/)(?!.*\.lambda\.ts$)(?!.*-(store|client|runtime)\.ts$).+\.ts$/;
export const PURE_PLATFORM =
  /^functions\/platform\/(contract|currency-code|errors|ids|media-keys|names\/[a-z-]+|paging|policy(-[a-z]+)*(?<!-store)|problem|request-limits|sha256|shown-text|stored|student-t|violations|whole-money)\.ts$/;

/** The paths of our source files. */
export const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => EVERY_FILE.test(path) && existsSync(path));

/** What `import`, `export … from` and `import()` name. */
function typeScriptImports(path: string, text: string): string[] {
  const specifiers = text.matchAll(
    /(?:^|\n)(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/g,
  );
  return [...specifiers]
    .map(([, fixed, dynamic]) => fixed ?? dynamic ?? '')
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name));
}

/** Python finds our modules from the folder of the script that is run. */
const PYTHON_SCRIPTS = 'models/training';

/** Our own modules that a Python file imports, at its top or inside a function; `from a import b` may name `a.py` or `a/b.py`. */
function pythonImports(path: string, text: string): string[] {
  const statements = text.matchAll(
    /^[ \t]*(?:from[ \t]+(?<dots>\.*)(?<module>[\w.]*)[ \t]+)?import[ \t]+(?<names>\([^)]*\)|[^\n#]+)/gm,
  );
  const candidates = [...statements].flatMap(({ groups: { dots = '', module = '', names = '' } = {} }) => {
    const folder = dots === '' ? PYTHON_SCRIPTS : join(dirname(path), '../'.repeat(dots.length - 1));
    const inFolder = join(folder, ...module.split('.'));
    const named = names.split(',').map((name) => /[\w.]+/.exec(name)?.[0] ?? '');
    return [inFolder, ...named.map((name) => join(inFolder, ...name.split('.')))].map((each) => `${each}.py`);
  });
  return candidates.filter((candidate) => tracked.includes(candidate));
}

export const files: readonly SourceFile[] = tracked.map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, text, imports: PYTHON.test(path) ? pythonImports(path, text) : typeScriptImports(path, text) };
});
