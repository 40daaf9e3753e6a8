import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkspaceId } from '../functions/platform/ids.ts';
import { isActive } from '../functions/workspaces/api-key.ts';
import { issueKey } from '../functions/workspaces/key-issuer-store.ts';
import { keyOfSecret } from '../functions/workspaces/key-store.ts';
import { accessTableOf } from './deployment.ts';
import type { Deployment } from './local-stack.ts';

const DemoKey = z.strictObject({ secret: z.string() });

const DEMO_WORKSPACE = WorkspaceId.parse('demo');

/** The admin key of the demo workspace: the saved one of an earlier start while it is active, else a new one. */
export async function demoKey(dataDir: string, deployment: Deployment): Promise<string> {
  const table = accessTableOf(deployment);
  const file = join(dataDir, 'demo-key.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const earlier = kept === undefined ? undefined : DemoKey.parse(JSON.parse(kept)).secret;
  const known = earlier === undefined ? undefined : await keyOfSecret(table, earlier);
  if (earlier !== undefined && known && isActive(known)) return earlier;
  const { secret } = await issueKey(
    table,
    { workspaceId: DEMO_WORKSPACE, role: 'admin', name: 'npm start' },
    new Date(),
  );
  await writeFile(file, JSON.stringify({ secret }), { mode: 0o600 });
  return secret;
}
