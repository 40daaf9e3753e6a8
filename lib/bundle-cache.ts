import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The inputs of a bundle: source, bundling options, and installed packages. */
const SOURCES = [
  'functions/**/*.ts',
  'lib/{bundle*,from-layers,image-context,layers,native-files}.ts',
  'layers/*.ts',
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** The conventional folder of build caches. */
const CACHE = 'node_modules/.cache/fettle-bundles';

/** Older entries are deleted: most are of an older source. */
const MAX_AGE_MS = 24 * 3600 * 1000;

/**
 * Fills the new folder `intoDir` by `make`, or from the cache of an earlier run on the same source: bundling takes seconds
 * of CPU at every start.
 */
export async function cachedBuild(projectDir: string, intoDir: string, make: () => Promise<unknown>): Promise<void> {
  const hash = sourceHash(projectDir);
  const cacheDir = join(projectDir, CACHE);
  const kept = join(cacheDir, hash);
  if (existsSync(kept)) return cpSync(kept, intoDir, { recursive: true });
  await make();
  // A source changed meanwhile: do not cache the bundle.
  if (sourceHash(projectDir) !== hash) return;
  keep(intoDir, kept, cacheDir);
  dropOld(cacheDir);
}

function sourceHash(projectDir: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: projectDir }).sort()) {
    const content = readFileSync(join(projectDir, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Atomic, by a rename. Of two concurrent runs the second keeps the first one's entry, which is equal. */
function keep(made: string, kept: string, cacheDir: string): void {
  const unfinished = join(cacheDir, randomUUID());
  cpSync(made, unfinished, { recursive: true });
  try {
    renameSync(unfinished, kept);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

function dropOld(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    const made = statSync(path, { throwIfNoEntry: false });
    if (made && Date.now() - made.mtimeMs > MAX_AGE_MS) rmSync(path, { recursive: true, force: true });
  }
}
