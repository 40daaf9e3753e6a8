import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import config from '../../vitest.config.ts';

/** What tests say of a mutant: one failed, or none did. */
export type Verdict = 'killed' | 'survived';

/** A vitest that stays, and in which single files are read as told instead of from the disk. */
export type WarmVitest = {
  /** runs these test files with `text` in place of the file at `path`, up to the first failure */
  readonly run: (tests: readonly string[], path: string, text: string) => Promise<Verdict>;
  readonly close: () => Promise<void>;
};

/** @param pool threads start in a sixth of the time of forks; native addons crash in them */
export async function startWarmVitest(pool: 'threads' | 'forks'): Promise<WarmVitest> {
  const replaced = new Map<string, string>();
  const plugin = { name: 'replaced-files', enforce: 'pre', load: (id: string) => replaced.get(id) } as const;
  const vitest = await createVitest(
    {
      ...{
        config: false as const,
        env: config.test?.env ?? {},
        include: ['tests/**/*.test.ts'],
        isolate: false,
        testTimeout: 60_000,
      },
      ...{ watch: false, bail: 1, reporters: [{}], maxWorkers: 1, pool, fsModuleCache: false },
    },
    { plugins: [plugin], server: { watch: null } },
  );
  const every = await vitest.globTestSpecifications();
  return {
    run: async (tests, path, text) => {
      replaced.clear();
      replaced.set(resolve(path), text);
      vitest.invalidateFile(resolve(path));
      const wanted = new Set(tests.map((each) => resolve(each)));
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
        every.filter(({ moduleId }) => wanted.has(moduleId)),
      );
      // Vitest also reports files of earlier runs that import the changed one.
      const ran = testModules.filter(({ moduleId }) => wanted.has(moduleId));
      const passed = ran.length === tests.length && ran.every((module) => module.ok());
      return passed && unhandledErrors.length === 0 ? 'survived' : 'killed';
    },
    close: () => vitest.close(),
  };
}
