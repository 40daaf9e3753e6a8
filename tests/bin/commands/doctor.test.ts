import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, stackReply, startAwsServer } from '../doctor/aws-server.ts';
import { operatorShell } from '../doctor/operator.ts';

const FETTLE = join(import.meta.dirname, '../../../bin/fettle.ts');

let aws: AwsServer;
let leave: () => void = () => undefined;

beforeAll(async () => {
  aws = await startAwsServer();
});
afterAll(() => aws.close());
afterEach(() => leave());

type Ran = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The command line in a process of its own. */
function doctor(
  argumentsOf: readonly string[],
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
  leave = operatorShell(aws.url, changes);
  return new Promise((resolve) => {
    execFile(process.execPath, [FETTLE, 'doctor', ...argumentsOf], { env: process.env }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe('fettle doctor', () => {
  it('exits with 0 when nothing failed, one JSON line per check with --json', async () => {
    const { status, stdout } = await doctor(['--env', 'prod', '--json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(lines.at(-1)).toEqual({ check: 'stack', status: 'ok', found: 'fettle-prod is not deployed yet' });
  });

  it('exits with 1 when a check failed, and says what to do below it', async () => {
    aws.replies = { 'DescribeStacks fettle-prod': stackReply('fettle-prod', 'ROLLBACK_COMPLETE') };
    const { status, stdout } = await doctor(['--env', 'prod']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^fail {2}stack +fettle-prod is ROLLBACK_COMPLETE\n +→ The first deployment failed/m);
  });

  it('shows no stack trace without credentials', async () => {
    const without = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const { status, stdout, stderr } = await doctor(['--env', 'dev', '--before'], without);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('no credentials were found');
    expect(stdout).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['--env', 'production'], 'Allowed choices are local, dev, staging, prod'],
    [['--env', 'dev', '--photos-at-once', '0'], 'a whole number from 2 to 1000; got "0"'],
    [['--env', 'local', '--data', '/nowhere'], 'no stack runs from /nowhere: run "npm start" first'],
  ])('refuses %j', async (argumentsOf, message) => {
    const { status, stdout, stderr } = await doctor(argumentsOf);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
