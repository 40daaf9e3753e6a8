import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PHOTO_POLICIES } from '../../../functions/assessments/photo-policies.ts';
import { type Pool, startPool, startWorker } from '../../../functions/pipeline/worker-pool-runtime.ts';
import { defaultsOf } from '../../../functions/platform/policy-choice.ts';
import { temporaryFolder, writeTinyModels } from '../condition/tiny-models.ts';
import { jpeg } from '../photos/files.ts';

const folder = await temporaryFolder();
await writeTinyModels(folder);
const file = join(folder, 'photo.jpg');
await writeFile(file, await jpeg());
const task = { file, photoId: 'p001', policies: defaultsOf(PHOTO_POLICIES) };

const pools: Pool[] = [];
afterEach(() => pools.splice(0).forEach((pool) => void pool.stop()));

/** A pool of one worker, and the worker; a successor starts only when there is to be one. */
async function poolOfOne({
  successors,
  limitSeconds,
}: {
  readonly successors: boolean;
  readonly limitSeconds?: number;
}) {
  const workers: ChildProcess[] = [];
  const pool = await startPool(
    1,
    async () => {
      if (workers.length > 0 && !successors) throw new Error('no more workers');
      const worker = await startWorker(folder);
      workers.push(worker);
      return worker;
    },
    limitSeconds,
  );
  pools.push(pool);
  const [first] = workers;
  if (!first) throw new Error('the pool has no worker');
  return { pool, first };
}

describe('startPool', () => {
  it('fails the photo whose worker is killed, and goes on with the next', async () => {
    const { pool, first } = await poolOfOne({ successors: true });
    const answers = [pool.assess(task), pool.assess(task)];

    first.kill('SIGKILL');

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(['failed', 'assessed']);
  });

  it('fails the photo that keeps its worker too long, says so, and goes on with the next', async () => {
    const { pool, first } = await poolOfOne({ successors: true, limitSeconds: 10 });
    first.kill('SIGSTOP');

    const answers = await Promise.all([pool.assess(task), pool.assess(task)]);

    expect(answers).toEqual([
      expect.objectContaining({ status: 'failed', code: 'timed_out', detail: expect.stringMatching(/within 10 s/) }),
      expect.objectContaining({ status: 'assessed' }),
    ]);
  });

  it('replaces a worker that was killed while it had nothing to do', async () => {
    const { pool, first } = await poolOfOne({ successors: true });
    first.kill('SIGKILL');
    await once(first, 'exit');

    expect(await pool.assess(task)).toMatchObject({ status: 'assessed' });
  });

  it('rejects all waiting tasks when the replacement does not start', async () => {
    const { pool, first } = await poolOfOne({ successors: false });
    const answers = [pool.assess(task), pool.assess(task), pool.assess(task)];

    first.kill('SIGKILL');

    const reasons = (await Promise.allSettled(answers)).map((answer) => 'reason' in answer && answer.reason.message);
    expect(reasons).toEqual(Array(3).fill('no more workers'));
    await expect(pool.assess(task)).rejects.toThrow('no more workers');
  });
});
