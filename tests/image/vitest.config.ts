import { defineConfig } from 'vitest/config';

/** The tests of the built image. Only .ci/run has one, so `npm test` leaves them out. */
export default defineConfig({
  test: {
    name: 'image',
    include: ['tests/image/**/*.image.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
