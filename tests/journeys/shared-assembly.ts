import { existsSync, mkdirSync, rmSync } from 'node:fs';
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

/** One for all projects of this run: each of them calls `setup`, one after the other. */
const DIR = join(tmpdir(), `fettle-assembly-${process.pid}-${Math.round(performance.timeOrigin)}`);

/** Synthesizes once, before the first file of the project: a file that did so by itself would begin with seconds of bundling. */
export async function setup(project: TestProject): Promise<() => void> {
  const outDir = join(DIR, 'assembly');
  if (!existsSync(outDir)) {
    mkdirSync(DIR, { recursive: true });
    await synthesize({ env: 'dev', outDir });
  }
  project.provide('assemblyDir', outDir);
  return () => rmSync(DIR, { recursive: true, force: true });
}
