import { defineConfig } from 'vitest/config';

/** They saturate the machine, or measure how long something takes. */
const ALONE = [
  'tests/functions/pipeline/largest-photos.stack.test.ts',
  'tests/journeys/five-hundred-jobs.stack.test.ts',
  'tests/local/functions.stack.test.ts',
];

const STACK = {
  globalSetup: ['tests/journeys/shared-assembly.ts'],
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

/**
 * `unit` needs nothing but the code; `stack` starts the emulators or the whole runner, each file on its own ports and data
 * directory, so two files run side by side. Those in ALONE run after them, one by one.
 * Native addons crash in worker threads, hence forks.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    // Unless told, one core is left idle, which is half of a small machine.
    maxWorkers: '100%',
    // What functions need to be loaded at all; their logs are no part of a test's output.
    env: { FETTLE_ENV: 'dev', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // No test is about time; a machine with twenty processes at work takes tenfold.
          testTimeout: 120_000,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.{stack,image}.test.ts'],
          // Half of the time was importing the same modules once per file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          ...STACK,
          name: 'stack',
          include: ['tests/**/*.stack.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          // After the unit tests: projects of one group share their workers.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...STACK,
          name: 'stack-alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
