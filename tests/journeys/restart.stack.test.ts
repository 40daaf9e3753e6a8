import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { accessTableOf, findDeployment } from '../../bin/deployment.ts';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import { API_PREFIX } from '../../functions/platform/names/routes.ts';
import { issueKey } from '../../functions/workspaces/key-issuer-store.ts';
import { type Client, createJob, ended, look, type Photo, postForm, uploadAll } from './client.ts';
import { losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { freshDataDir, type RunningFettle, startFettle, until } from './running-stack.ts';

const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url));

let runner: ChildProcess | undefined;
let fettle: RunningFettle | undefined;

afterEach(async () => {
  runner?.kill('SIGKILL');
  await fettle?.stop();
});

/** Starts Fettle in a process of its own, with a key to it. */
async function startRunner(dataDir: string): Promise<Client> {
  runner = spawn(process.execPath, [RUNNER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: runner.stdout ?? process.stdin });
  const [url] = (await once(lines, 'line')) as [string];
  const accessTable = accessTableOf(await findDeployment('local', dataDir));
  const { secret } = await issueKey(
    accessTable,
    { workspaceId: WorkspaceId.parse('acme'), role: 'member' },
    new Date(),
  );
  return { url, key: secret };
}

/** Kills the runner's process only. Returns the processes of its functions. */
async function killRunner(): Promise<readonly number[]> {
  const pids = execFileSync('pgrep', ['-P', String(runner?.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
  const gone = runner && once(runner, 'exit');
  runner?.kill('SIGKILL');
  await gone;
  return pids;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

type Job = Awaited<ReturnType<typeof createJob>>;

/** Uploads the photos sequentially, also when the runner is dead. Returns for each whether it was accepted. */
const tryUploads = ({ uploads }: Job, photos: readonly Photo[]): Promise<boolean>[] =>
  uploads.map((upload, index) =>
    postForm(upload, photos[index]?.content ?? new Uint8Array()).then(
      ({ ok }) => ok,
      () => false,
    ),
  );

describe('a runner that is killed and started again', () => {
  it.each([
    [
      'photos arrive',
      async (_client: Client, _jobId: string, taken: readonly Promise<boolean>[]) => Promise.race(taken),
    ],
    [
      'photos are assessed',
      async (client: Client, jobId: string, taken: readonly Promise<boolean>[]) => {
        await Promise.all(taken);
        await until('a photo is done', async () => (await look(client, jobId)).progress.donePhotos > 0);
      },
    ],
  ])('while %s, completes the job', async (_when, theMoment) => {
    const dataDir = freshDataDir();
    const photos = await smallPhotos(8);
    const before = await startRunner(dataDir);
    const job = await createJob(before, photos);
    const taken = tryUploads(job, photos);
    await theMoment(before, job.jobId, taken);
    const orphans = await killRunner();

    fettle = await startFettle({}, dataDir);
    const after = { ...before, url: `${fettle.stack.apiUrl}${API_PREFIX}` };
    const arrived = await Promise.all(taken);
    const left = job.uploads.filter((_, index) => !arrived[index]);
    await uploadAll(
      { uploads: left },
      photos.filter((_, index) => !arrived[index]),
    );
    const { status, assessment } = await ended(after, job.jobId);

    expect(status).toBe('completed');
    expect(assessment?.quality.photos).toMatchObject({ total: 8, assessed: 8 });
    expect(await losses(fettle)).toEqual([]);
    expect(orphans.filter(isAlive)).toEqual([]);
  });
});
