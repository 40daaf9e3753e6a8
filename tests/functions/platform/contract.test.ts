import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const IMPORTS = `
import type { Contracts, Examples } from '${resolve('functions/platform/contract.ts')}';
import { createOnce } from '${resolve('functions/platform/creation.ts')}';
import { httpHandler } from '${resolve('functions/platform/http-handler.ts')}';
import { JOBS_API } from '${resolve('functions/jobs/jobs-contract.ts')}';
import { PICTURES_API } from '${resolve('functions/pipeline/pictures-contract.ts')}';
import { SERVICE_API } from '${resolve('functions/operations/service-contract.ts')}';
import { MODELS_API } from '${resolve('functions/operations/models-contract.ts')}';
import { KEYS_API } from '${resolve('functions/workspaces/keys-contract.ts')}';
import { KEYS_EXAMPLES } from '${resolve('functions/workspaces/keys-examples.ts')}';

const { createKey, listKeys, revokeKey } = KEYS_API;
const { getDisplay } = PICTURES_API;
/** A step that fits every operation. */
const step = (): Promise<never> => Promise.reject(new Error());
const admit = async (): Promise<void> => undefined;
const steps = { createKey: step, listKeys: step, revokeKey: step };
`;

const ACCEPTED = 'httpHandler(KEYS_API, steps, { admit, createOnce });';

/** Programs that do not compile, by what they try, and what the compiler says of each. */
const REFUSED: readonly (readonly [what: string, program: string, error: RegExp])[] = [
  [
    'a route without a step',
    'httpHandler(KEYS_API, { createKey: step, listKeys: step }, { admit, createOnce });',
    /'revokeKey' is missing/,
  ],
  [
    'a step for an unknown route',
    'httpHandler(KEYS_API, { ...steps, renameKey: step }, { admit, createOnce });',
    /'renameKey' does not exist/,
  ],
  [
    'a step for the route of another function',
    'httpHandler(KEYS_API, { createKey: step, listKeys: step, revokeKey: step, getJob: step }, { admit, createOnce });',
    /'getJob' does not exist/,
  ],
  [
    'a route without a contract',
    'httpHandler({ createKey, listKeys }, { createKey: step, listKeys: step }, { admit, createOnce });',
    /'revokeKey' is missing/,
  ],
  [
    "another operation's contract",
    'httpHandler({ createKey, listKeys, revokeKey: listKeys }, steps, { admit, createOnce });',
    /'params' is missing/,
  ],
  [
    'the contract of another function',
    'httpHandler({ ...KEYS_API, getJob: JOBS_API.getJob }, { ...steps, getJob: step }, { admit, createOnce });',
    /missing the following properties.*createJob/,
  ],
  [
    'a contract of no route',
    "({ ...KEYS_API, renameKey: listKeys }) satisfies Contracts<'keys-api'>;",
    /'renameKey' does not exist/,
  ],
  [
    'an id that is not in the path',
    "({ ...JOBS_API, getJob: { ...JOBS_API.getJob, params: getDisplay.params } }) satisfies Contracts<'jobs-api'>;",
    /Types of property 'photoId' are incompatible/,
  ],
  [
    'a body where the method has none',
    "({ createKey, listKeys, revokeKey: { ...revokeKey, body: listKeys.query } }) satisfies Contracts<'keys-api'>;",
    /is not assignable to type 'never'/,
  ],
  [
    "another operation's reply",
    'httpHandler(KEYS_API, { ...steps, revokeKey: async () => ({ keys: [] }) }, { admit, createOnce });',
    /keyId/,
  ],
  [
    'a reply without its status, where there is a choice',
    "httpHandler(MODELS_API, { getReady: async () => ({ status: 'ready' }), listModels: step }, { admit });",
    /'reply' is missing/,
  ],
  [
    'the caller of a public route',
    'httpHandler(SERVICE_API, { getHealth: async ({ caller }) => caller, getOpenapi: step }, { admit });',
    /'caller' does not exist/,
  ],
  [
    'a new id where nothing is created',
    'httpHandler(KEYS_API, { ...steps, listKeys: async ({ newId }) => newId }, { admit, createOnce });',
    /'newId' does not exist/,
  ],
  [
    'requests that are not counted',
    'httpHandler(SERVICE_API, { getHealth: step, getOpenapi: step });',
    /Expected 3 arguments/,
  ],
  ['creations that are not idempotent', 'httpHandler(KEYS_API, steps, { admit });', /'createOnce' is missing/],
  [
    'idempotency where nothing is created',
    'httpHandler(SERVICE_API, { getHealth: step, getOpenapi: step }, { admit, createOnce });',
    /'CreateOnce' is not assignable to type 'never'/,
  ],
  [
    'a contract without an example',
    '({ createKey: KEYS_EXAMPLES.createKey, listKeys: KEYS_EXAMPLES.listKeys }) satisfies Examples<typeof KEYS_API>;',
    /'revokeKey' is missing/,
  ],
  [
    'an example without its body',
    '({ ...KEYS_EXAMPLES, createKey: { reply: KEYS_EXAMPLES.createKey.reply } }) satisfies Examples<typeof KEYS_API>;',
    /'body' is missing/,
  ],
];

const PROGRAMS = [ACCEPTED, ...REFUSED.map(([, program]) => program)];

/** The errors of the compiler, of each program; those elsewhere under NaN. */
function compile(): ReadonlyMap<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-types-'));
  for (const [index, program] of PROGRAMS.entries()) writeFileSync(join(folder, `${index}.mts`), IMPORTS + program);
  const compilerOptions = {
    noUnusedLocals: false,
    typeRoots: [resolve('node_modules/@types')],
    tsBuildInfoFile: join(folder, 'tsbuildinfo'),
  };
  const tsconfig = { extends: resolve('tsconfig.json'), compilerOptions, include: ['*.mts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const errors = new Map<number, string>();
  // The lines that follow an error are indented.
  for (const error of stdout.split(/\n(?=\S)/).filter(Boolean)) {
    const program = Number.parseInt(error, 10);
    errors.set(program, `${errors.get(program) ?? ''}${error}\n`);
  }
  return errors;
}

describe('routes, contracts, steps and examples', () => {
  const errors = compile();

  it('compile when there is one of each', () => {
    expect(errors.get(PROGRAMS.indexOf(ACCEPTED))).toBeUndefined();
    expect(errors.get(Number.NaN)).toBeUndefined();
  });

  it.each(REFUSED)('do not compile with %s', (_, program, error) => {
    expect(errors.get(PROGRAMS.indexOf(program))).toMatch(error);
  });
});
