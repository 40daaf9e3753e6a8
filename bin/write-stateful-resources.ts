import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT_NAMES } from '../functions/platform/names/environments.ts';
import { RECORD_FILE, type StatefulResources } from '../lib/stateful-resources.ts';
import { synthesize } from '../lib/synthesize.ts';

/** Rewrites lib/stateful-resources.json: the tables and buckets that a later synthesis must not lose. */
const record: Record<string, StatefulResources> = {};
const outDir = mkdtempSync(join(tmpdir(), 'fettle-record-'));
try {
  for (const env of ENVIRONMENT_NAMES) {
    await synthesize({
      env,
      outDir: join(outDir, env),
      onStatefulResources: (found) => {
        record[env] = found;
      },
    });
  }
  await writeFile(RECORD_FILE, `${JSON.stringify(record, undefined, 2)}\n`);
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
