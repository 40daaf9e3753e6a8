import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../lib/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Fettle's synthesized `dev` stack, for every file of tests that runs it; none may write to it */
    readonly assemblyDir: string;
  }
}

/** Synthesizes once, before the first file of the project: a file that did so by itself would begin with seconds of bundling. */
export async function setup(project: TestProject): Promise<() => void> {
  const dir = mkdtempSync(join(tmpdir(), 'fettle-assembly-'));
  const { directory } = await synthesize({ env: 'dev', outDir: join(dir, 'assembly') });
  project.provide('assemblyDir', directory);
  return () => rmSync(dir, { recursive: true, force: true });
}
