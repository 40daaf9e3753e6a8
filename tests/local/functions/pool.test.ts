import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountConcurrency } from '../../../local/functions/account-concurrency.ts';
import type { FunctionSettings } from '../../../local/functions/environment.ts';
import { functionPool } from '../../../local/functions/pool.ts';
import { type RuntimeApi, startRuntimeApi } from '../../../local/functions/runtime-api.ts';
import { installRuntime } from '../../../local/runtime/install.ts';
import { freshDirectory } from '../fixtures/assembly.ts';

const SETTINGS: FunctionSettings = {
  logicalId: 'Echo',
  name: 'echo',
  version: '$LATEST',
  region: 'us-east-1',
  memoryMb: 256,
  timeoutMs: 5000,
  reservedConcurrency: undefined,
  variables: {},
  code: {
    taskRoot: fileURLToPath(new URL('../fixtures/handlers', import.meta.url)),
    handler: 'echo.handler',
    environment: {},
    installsPackages: false,
    layerPaths: [],
  },
  credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  awsUrl: 'http://127.0.0.1:1',
};

let runtimeApi: RuntimeApi;
beforeAll(async () => {
  runtimeApi = await startRuntimeApi();
});
afterAll(() => runtimeApi.close());

/** A pool of a function with these settings, on an account with one concurrent execution. */
function poolOf(changes: Partial<FunctionSettings> = {}) {
  const directory = freshDirectory();
  const tempDir = join(directory, 'tmp');
  const settings = { ...SETTINGS, ...changes };
  const tools = { runtimeApi, runtime: installRuntime(join(directory, 'runtime')), tempDir };
  return { tempDir, pool: functionPool(settings, accountConcurrency(1, [settings]), tools, () => undefined) };
}

describe('functionPool', () => {
  it.each<[string, Partial<FunctionSettings>]>([
    // Node throws at it.
    ['a process cannot be made', { variables: { NAME: 'a\0b' } }],
    // Node reports it later.
    ['the folder of the code is missing', { code: { ...SETTINGS.code, taskRoot: '/nowhere' } }],
  ])('fails the call, and takes the next one, when %s', async (_, changes) => {
    const { pool } = poolOf(changes);
    for (const _call of ['first', 'second', 'third']) {
      expect(await pool.invoke({}, 'arn')).toMatchObject({ status: 'failed' });
    }
    await pool.kill();
  });

  it('fails the call when the folder of its files cannot be made, and runs once it can', async () => {
    const { tempDir, pool } = poolOf();
    writeFileSync(tempDir, 'a file in its place');
    for (const _call of ['first', 'second']) {
      expect(await pool.invoke({}, 'arn')).toMatchObject({
        status: 'failed',
        payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('echo could not be started') },
      });
    }
    rmSync(tempDir);
    mkdirSync(tempDir);
    expect(await pool.invoke({}, 'arn')).toMatchObject({ status: 'succeeded' });
    await pool.kill();
  });

  it('fails every call that waits for a process that cannot be made', async () => {
    const settings = { ...SETTINGS, variables: { NAME: 'a\0b' } };
    const directory = freshDirectory();
    const tools = { runtimeApi, runtime: installRuntime(join(directory, 'runtime')), tempDir: join(directory, 'tmp') };
    const pool = functionPool(settings, accountConcurrency(50, [settings]), tools, () => undefined);
    const results = await Promise.all(Array.from({ length: 20 }, () => pool.invoke({}, 'arn')));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['failed']));
  });
});
