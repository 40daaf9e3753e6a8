import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { EBAY_KEY } from '../functions/comp-providers/ebay-server.ts';
import { SEARCHAPI_KEY, SOLD_TITLE, startSearchApi } from '../functions/comp-providers/searchapi-server.ts';
import type { VendorServer } from '../functions/comp-providers/vendor-server.ts';
import { type Client, call } from './client.ts';
import {
  freshDataDir,
  killProcessesOf,
  logicalIdOf,
  type RunningFettle,
  startFettle,
  totalOf,
  until,
} from './running-stack.ts';

const FETTLE = join(import.meta.dirname, '../../bin/fettle.ts');
const dataDir = freshDataDir();
let fettle: RunningFettle;
let searchapi: VendorServer;
let member: Client;

beforeAll(async () => {
  [fettle, searchapi] = await Promise.all([startFettle({}, dataDir), startSearchApi()]);
  member = await fettle.client('acme');
  const { region, credentials, endpoint } = fettle.operator;
  const attachment = {
    environmentName: 'dev',
    region,
    outputs: fettle.stack.template.outputs,
    local: { endpoint, credentials },
  };
  writeFileSync(join(dataDir, 'attachment.json'), JSON.stringify(attachment));
});
afterAll(async () => {
  await searchapi.close();
  await fettle.stop();
});

/** Runs a subcommand of `fettle providers`, with this on its standard input. */
async function providers(options: readonly string[], input = '') {
  const command = spawn(process.execPath, [FETTLE, 'providers', ...options, '--data', dataDir]);
  command.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')]);
  return { status: command.exitCode, stdout, stderr };
}

const put = (key: string, ...more: readonly string[]) =>
  providers(['set', 'searchapi', '--calls-per-day', '100', '--url', searchapi.url, ...more], `${key}\n`);

/** A new instance knows a new key at once, one that runs within a minute. */
async function restartFunction(): Promise<void> {
  const functionId = logicalIdOf(fettle, 'AWS::Lambda::Function', 'ValuationsApiFunction');
  killProcessesOf(fettle, 'ValuationsApi');
  await until('its processes are gone', () => fettle.stack.processIdsOf(functionId).length === 0);
}

/** The first provider's outcome of a valuation, and its status. */
async function ask(query = SOLD_TITLE) {
  const body = { kind: 'collectible', query, currency: 'USD', providers: 'ask' };
  const answer = await call(member, 'POST /valuations', { body });
  const { providers: outcomes, status } = answer.body as Record<string, never> & {
    readonly providers: readonly { readonly outcome: string; readonly rows?: object }[];
  };
  return { outcome: outcomes[0], status };
}

describe('providers of comps', () => {
  it('are asked nothing before there is a key', async () => {
    expect(await ask()).toMatchObject({ outcome: { outcome: 'no_key' }, status: 'too_few_sales' });
    expect(searchapi.requests).toEqual([]);
    const { stdout } = await providers(['list']);
    expect(stdout).toContain('"hasKey":false');
  });

  it('are asked with the key that the operator puts, and the reply is made of what they answer', async () => {
    const { status, stdout, stderr } = await put(SEARCHAPI_KEY);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('"hasKey":true');
    await restartFunction();
    expect(await ask()).toMatchObject({ outcome: { outcome: 'asked', rows: { stored: 3 } }, status: 'valued' });
    expect(await ask()).toMatchObject({ outcome: { outcome: 'fresh' }, status: 'valued' });
    expect([totalOf(fettle, 'ProviderQuotaUsed'), totalOf(fettle, 'ProviderCacheHit')]).toEqual([1, 100]);
    const listed = await call(member, `GET /comps?kind=collectible&query=${encodeURIComponent(SOLD_TITLE)}`);
    expect((listed.body as { readonly comps: readonly unknown[] }).comps).toHaveLength(3);
  });

  it('fail without their key in a log, a row or a message', async () => {
    searchapi.answer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end(`{"error":"no such key: ${SEARCHAPI_KEY}"}`);
    });
    expect(await ask('1993 SP Derek Jeter #279')).toMatchObject({ outcome: { outcome: 'failed' } });
    expect(totalOf(fettle, 'ProviderFailed')).toBe(1);
    searchapi.answer();
    const files = globSync(['logs/**/*', 'tables/**/*', 'messages/**/*'], { cwd: dataDir, withFileTypes: true });
    const contents = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name)));
    expect(contents.length).toBeGreaterThan(5);
    expect(contents.filter((content) => content.includes('A provider of comps failed'))).not.toEqual([]);
    expect(contents.filter((content) => content.includes(SEARCHAPI_KEY))).toEqual([]);
  });

  it.each([
    ['no number of calls', ['--calls-per-day', 'many'], SEARCHAPI_KEY],
    ['an address that is not encrypted', ['--url', 'http://proxy.example'], SEARCHAPI_KEY],
    ['a client id, which only eBay has', ['--client-id', 'x'], SEARCHAPI_KEY],
    ['an empty key', [], ''],
    ['two keys', [], `${SEARCHAPI_KEY} ${SEARCHAPI_KEY}`],
  ])('are given no key with %s, and the message does not repeat it', async (_what, more, key) => {
    const { status, stdout, stderr } = await put(key, ...more);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('expected a key');
    expect(stderr).not.toContain(SEARCHAPI_KEY);
  });

  it('have keys of several fields, beside those of others', async () => {
    const wrong = await providers(['set', 'ebay'], EBAY_KEY.clientSecret);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('clientId')]);
    const { stdout } = await providers(['set', 'ebay', '--client-id', EBAY_KEY.clientId], EBAY_KEY.clientSecret);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { provider: 'searchapi', hasKey: true, callsPerDay: 100 },
      { provider: 'ebay', hasKey: true, callsPerDay: 5000, url: 'https://api.ebay.com' },
    ]);
    expect(stdout).not.toContain(EBAY_KEY.clientSecret);
    await providers(['remove', 'ebay']);
  });

  it('are asked no more once the key is removed', async () => {
    await providers(['remove', 'searchapi']);
    await restartFunction();
    expect(await ask('2011 Topps Update Mike Trout')).toMatchObject({ outcome: { outcome: 'no_key' } });
  });

  it('have keys that only the function of valuations can read, and that no function can change', async () => {
    const SecretId = String(fettle.stack.template.outputs[OUTPUTS.providerKeys]);
    const readAs = (name: string) => {
      const credentials = fettle.stack.credentialsFor(logicalIdOf(fettle, 'AWS::IAM::Role', `${name}Role`));
      const { region, endpoint } = fettle.operator;
      return new SecretsManagerClient({ region, endpoint, credentials }).send(new GetSecretValueCommand({ SecretId }));
    };
    await expect(readAs('ValuationsApi')).resolves.toMatchObject({ SecretString: '{}' });
    for (const name of ['JobsApi', 'KeysApi', 'PoliciesApi', 'PredictionsApi', 'ConcludeJob']) {
      await expect(readAs(name)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });
});
