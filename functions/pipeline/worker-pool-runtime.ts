import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { PhotoPolicies } from '../assessments/photo-policies.ts';
import type { AssetKind } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';

/** The messages to and from a worker. */
export type FileTask = {
  readonly file: string;
  readonly photoId: string;
  readonly assetKind?: AssetKind;
  readonly hint?: string;
  readonly policies: PhotoPolicies;
};
export type WorkerAnswer =
  | { readonly ready: true }
  | { readonly assessment: PhotoAssessment }
  | { readonly startError: string };

export type Pool = { readonly assess: (task: FileTask) => Promise<PhotoAssessment>; readonly stop: () => void };

type Start = () => Promise<ChildProcess>;

const WORKER = new URL('./assess-files-worker-runtime.ts', import.meta.url);

/** Limit for one photo. Photos take a few seconds, on a slow and busy machine, too. */
const PHOTO_SECONDS = 60;

/**
 * A pool of processes, each of which assesses one photo at a time; tasks queue for a free one.
 *
 * A photo that kills its worker or exceeds the time limit is `failed`, and the dead worker is replaced. When the replacement
 * does not start, all current and later tasks reject with the reason.
 */
export async function startPool(size: number, start: Start, limitSeconds = PHOTO_SECONDS): Promise<Pool> {
  const idle = await startAll(size, start);
  const all = new Set(idle);
  const waiting: PromiseWithResolvers<ChildProcess>[] = [];
  let broken: Error | undefined;

  const take = async (): Promise<ChildProcess> => {
    if (broken) throw broken;
    const worker = idle.pop() ?? (await wait(waiting));
    return isAlive(worker) ? worker : replace(worker);
  };
  const release = (worker: ChildProcess): void => {
    const next = waiting.shift();
    if (next) next.resolve(worker);
    else idle.push(worker);
  };
  const replace = async (worker: ChildProcess): Promise<ChildProcess> => {
    all.delete(worker);
    try {
      const successor = await start();
      all.add(successor);
      return successor;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      for (const next of waiting.splice(0)) next.reject(broken);
      throw broken;
    }
  };
  const assess = async (task: FileTask): Promise<PhotoAssessment> => {
    const worker = await take();
    const assessment = await send(worker, task, limitSeconds);
    release(isAlive(worker) ? worker : await replace(worker));
    return assessment;
  };
  return { assess, stop: () => void all.forEach((worker) => void worker.kill()) };
}

/** Starts all workers; if one fails, stops the others and throws its error. */
async function startAll(size: number, start: Start): Promise<ChildProcess[]> {
  const starts = await Promise.allSettled(Array.from({ length: size }, start));
  const workers = starts.flatMap((started) => (started.status === 'fulfilled' ? [started.value] : []));
  const failed = starts.find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return workers;
  for (const worker of workers) worker.kill();
  throw failed.reason;
}

function wait(waiting: PromiseWithResolvers<ChildProcess>[]): Promise<ChildProcess> {
  const place = Promise.withResolvers<ChildProcess>();
  waiting.push(place);
  return place.promise;
}

const isAlive = ({ connected, exitCode, signalCode }: ChildProcess): boolean =>
  connected && exitCode === null && signalCode === null;

/** A process that is ready for tasks. @throws Error when its models cannot be loaded */
export async function startWorker(modelsFolder: string | undefined): Promise<ChildProcess> {
  const worker = fork(WORKER, modelsFolder === undefined ? [] : [modelsFolder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = await nextAnswer(worker);
  if (answer && 'startError' in answer) throw new Error(answer.startError);
  if (!answer) throw new Error('A worker ended while it was starting.');
  return worker;
}

/** The assessment by the worker; `failed` when the worker died, or was killed at the time limit. */
async function send(worker: ChildProcess, task: FileTask, limitSeconds: number): Promise<PhotoAssessment> {
  const failed = { photoId: task.photoId, status: 'failed' } as const;
  let late = false;
  const limit = setTimeout(() => {
    late = worker.kill('SIGKILL');
  }, limitSeconds * 1000);
  // Sending fails only when the worker has died, which is handled by its exit.
  worker.send(task, () => undefined);
  const answer = await nextAnswer(worker).finally(() => clearTimeout(limit));
  if (answer && 'assessment' in answer) return answer.assessment;
  return late
    ? { ...failed, code: 'timed_out', detail: `expected a result within ${limitSeconds} s; the process was stopped` }
    : { ...failed, code: 'worker_died', detail: 'the process that assessed the photo died' };
}

async function nextAnswer(worker: ChildProcess): Promise<WorkerAnswer | undefined> {
  const over = new AbortController();
  const message = once(worker, 'message', { signal: over.signal }).then(([answer]): WorkerAnswer => answer);
  const exit = once(worker, 'exit', { signal: over.signal }).then(() => undefined);
  try {
    return await Promise.race([message, exit]);
  } finally {
    over.abort();
    await Promise.allSettled([message, exit]);
  }
}
