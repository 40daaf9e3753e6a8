import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but the code; `stack` starts the emulators or the whole runner, and so runs one file at a time.
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
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.{stack,image}.test.ts'],
          // Half of the time was importing the same modules once per file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['tests/**/*.stack.test.ts'],
          globalSetup: ['tests/journeys/shared-assembly.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
