import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but the code; `stack` starts the emulators or the whole runner, and so runs one file at a time.
 * Native addons crash in worker threads, hence forks.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: ['tests/**/*.stack.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['tests/**/*.stack.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
