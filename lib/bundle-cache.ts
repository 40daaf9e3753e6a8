import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that decides which bytes a bundle has: our source, how it is bundled, and what npm installed. */
const SOURCES = [
  'functions/**/*.ts',
  'lib/bundle*.ts',
  'lib/image-context.ts',
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** Where tools keep what they can make again. */
const CACHE = 'node_modules/.cache/fettle-bundles';

/** What was made longer ago is most likely of an older source; if not, it is made anew. */
const KEPT_MS = 24 * 3600 * 1000;

/**
 * Fills the new folder `intoDir` with what `make` writes, or with what it wrote when the source was the same before:
 * bundling takes seconds of CPU, and every start would do it again to the same bytes.
 */
export async function madeOnce(projectDir: string, intoDir: string, make: () => Promise<unknown>): Promise<void> {
  const hash = sourceHash(projectDir);
  const cacheDir = join(projectDir, CACHE);
  const kept = join(cacheDir, hash);
  if (existsSync(kept)) return cpSync(kept, intoDir, { recursive: true });
  await make();
  // A file that was saved meanwhile may be in it, or not.
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

/** Under another name until it is whole. Whoever comes second leaves what the first kept: it is the same. */
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
    if (made && Date.now() - made.mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}
