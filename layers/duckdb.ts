import type { Layer } from '../lib/native-files.ts';

/** @duckdb/node-api, 71 MB: the library of one platform, with its readers and writers of Parquet in it. */
export const DUCKDB: Layer = {
  packages: ['@duckdb/node-api'],
  files: ({ os, cpu }) => [
    '@duckdb/node-api/package.json',
    '@duckdb/node-api/lib/**/*.js',
    '@duckdb/node-bindings/package.json',
    '@duckdb/node-bindings/*.js',
    `@duckdb/node-bindings-${os}-${cpu}/*`,
    'detect-libc/package.json',
    'detect-libc/lib/*.js',
  ],
};
