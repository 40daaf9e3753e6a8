import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTableOf, findDeployment } from '../../../bin/deployment.ts';
import { serviceChecks } from '../../../bin/doctor/checks.ts';
import { TRIAL_WORKSPACE } from '../../../bin/doctor/trial.ts';
import { type ServedStack, serveLocally } from '../../../bin/local-stack.ts';
import { isActive } from '../../../functions/workspaces/api-key.ts';
import { keysOfWorkspace } from '../../../functions/workspaces/key-store.ts';
import { freshDataDir } from '../../journeys/running-stack.ts';
import { linesOf } from '../doctor/operator.ts';

let dataDir: string;
let stack: ServedStack;

beforeAll(async () => {
  dataDir = freshDataDir();
  stack = await serveLocally(dataDir, 0);
});

afterAll(async () => {
  await stack.stop();
  rmSync(dataDir, { recursive: true });
});

describe('serviceChecks', () => {
  it('are ok on a stack that runs on this machine, and leave no key that works', async () => {
    const deployment = await findDeployment('local', dataDir);
    const lines = await linesOf(serviceChecks(deployment));
    expect(lines.map(({ check, status }) => [check, status])).toEqual(
      ['health', 'ready', 'key', 'photo job', 'key revoked'].map((check) => [check, 'ok']),
    );

    const keys = await keysOfWorkspace(accessTableOf(deployment), TRIAL_WORKSPACE, new Date());
    expect(keys.map((key) => isActive(key))).toEqual([false]);
  });
});
