import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import config from '../../vitest.config.ts';

/** A vitest that stays, and in which single files are read as told instead of from the disk. */
export type WarmVitest = {
  /** what fails, up to the first failure, when these test files run with `text` in place of the file at `path` */
  readonly failureOf: (tests: readonly string[], path: string, text: string) => Promise<string | undefined>;
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
    failureOf: async (tests, path, text) => {
      for (const before of replaced.keys()) vitest.invalidateFile(before);
      replaced.clear();
      replaced.set(resolve(path), text);
      vitest.invalidateFile(resolve(path));
      const wanted = new Set(tests.map((each) => resolve(each)));
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
        every.filter(({ moduleId }) => wanted.has(moduleId)),
      );
      // Vitest also reports files of earlier runs that import the changed one.
      const ran = testModules.filter(({ moduleId }) => wanted.has(moduleId));
      if (unhandledErrors.length > 0) return String(unhandledErrors[0]);
      if (ran.length < tests.length) return `only ${ran.length} of ${tests.length} files ran`;
      return ran.find((module) => !module.ok())?.moduleId;
    },
    close: () => vitest.close(),
  };
}
