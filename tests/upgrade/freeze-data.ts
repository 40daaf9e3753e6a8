import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessTableOf, findDeployment } from '../../bin/deployment.ts';
import { writeSamplePhotos } from '../../bin/sample-photos.ts';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import type { Role } from '../../functions/platform/names/roles.ts';
import { issueKey, revokeKey } from '../../functions/workspaces/key-issuer-store.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { call, createJob, ended, look, type Photo, postForm, submit, uploadAll } from '../journeys/client.ts';
import { smallPhotos } from '../journeys/photos.ts';
import { type Frozen, pack } from './frozen-data.ts';

/**
 * Freezes a data folder of this release: it starts the release's stack, gives it keys and jobs, and cuts its power while
 * it works. Run by `node tests/upgrade/freeze-data.ts` in the release's last commit.
 */
async function freeze(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-frozen-'));
  const runner = spawn(process.execPath, [join(import.meta.dirname, '../journeys/runner.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: runner.stdout });
  const [url] = (await once(lines, 'line')) as [string];
  const frozen = await fill(url, dataDir);
  runner.kill('SIGKILL');
  await once(runner, 'exit');
  // The processes of its functions notice.
  await sleep(2000);
  pack(packageJson.version, dataDir, frozen);
  rmSync(dataDir, { recursive: true });
}

async function fill(url: string, dataDir: string): Promise<Frozen> {
  const table = accessTableOf(await findDeployment('local', dataDir));
  const workspaceId = WorkspaceId.parse('acme');
  const issue = (role: Role) => issueKey(table, { workspaceId, role, name: `${role} of acme` }, new Date());
  const [admin, member, revoked] = [await issue('admin'), await issue('member'), await issue('viewer')];
  await revokeKey(table, { workspaceId, keyId: revoked.key.keyId }, new Date());
  const client = { url, key: member.secret };

  const completed = await ended(client, await submit(client, [await crackedWall(dataDir), ...(await smallPhotos(1))]));
  const cancelled = await createJob(client, await smallPhotos(1));
  await call(client, `DELETE /jobs/${cancelled.jobId}`);
  const pair = await smallPhotos(2, 11);
  const awaiting = await createJob(client, pair);
  const [first, second] = awaiting.uploads;
  if (!first || !second) throw new Error('expected two forms');
  await postForm(first, pair[0]?.content ?? new Uint8Array());
  while ((await look(client, awaiting.jobId)).progress.donePhotos === 0) await sleep(50);
  const photos = await smallPhotos(3, 21);
  const interrupted = await createJob(client, photos);
  await uploadAll(interrupted, photos);
  return {
    frozenAtMs: Date.now(),
    keys: { admin: admin.secret, member: member.secret, revoked: revoked.secret },
    jobIds: [interrupted, awaiting, cancelled, completed].map(({ jobId }) => jobId),
    completed,
    cancelledId: cancelled.jobId,
    awaiting: { jobId: awaiting.jobId, upload: { url: second.url, fields: second.fields } },
    interruptedId: interrupted.jobId,
  };
}

/** The picture of the sample on which damage is found. */
async function crackedWall(dataDir: string): Promise<Photo> {
  const file = (await writeSamplePhotos(dataDir)).at(-1) ?? '';
  return {
    filename: 'wall.jpg',
    contentType: 'image/jpeg',
    content: new Uint8Array(readFileSync(file)),
    subject: 'wall',
  };
}

await freeze();
