import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Line } from '../../../bin/doctor/line.ts';

/** An operator's shell: whose environment reaches no AWS but the test's. */
export function operatorShell(awsUrl: string, changes: Readonly<Record<string, string | undefined>> = {}): () => void {
  const dir = mkdtempSync(join(tmpdir(), 'fettle-operator-'));
  const variables: Readonly<Record<string, string | undefined>> = {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(dir, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(dir, 'none'),
    ...changes,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return () => {
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true });
  };
}

export async function linesOf(checks: AsyncGenerator<Line>): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of checks) lines.push(line);
  return lines;
}

/** The line of one check. */
export const lineOn = (lines: readonly Line[], check: string): Line | undefined =>
  lines.find((line) => line.check === check);
