import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { AssetKind } from '../assets/asset.ts';
import type { PhotoAssessment } from './photo-assessment.ts';

/** One line of the answer. */
export type FileAssessment = { readonly file: string } & PhotoAssessment;

export type AssessFilesOptions = {
  /** what the photos show, when it is known */
  readonly assetKind?: AssetKind;
  /** another folder of models than the project's */
  readonly modelsFolder?: string;
  /** processes that assess side by side; one per core unless told otherwise */
  readonly workers?: number;
};

/** What a worker is told, and what it answers. */
export type FileTask = { readonly file: string; readonly photoId: string; readonly assetKind?: AssetKind };
export type WorkerAnswer =
  | { readonly ready: true }
  | { readonly assessment: PhotoAssessment }
  | { readonly startError: string };

const WORKER = new URL('./assess-files-worker-runtime.ts', import.meta.url);
/** Answers that may wait for an earlier one: enough that a slow photo holds nobody up, few enough that memory stays flat. */
const AHEAD_PER_WORKER = 4;

/**
 * Assesses files with the photo pipeline alone, one process per core, and gives the answers in the order of the files.
 *
 * Files that are no photos are answers too (`rejected`), and so is a photo that kills its worker (`failed`). Memory does
 * not grow with the number of files.
 *
 * @throws when the models cannot be loaded, with the sentence that says why
 */
export async function* assessFiles(
  files: Iterable<string>,
  options: AssessFilesOptions = {},
): AsyncGenerator<FileAssessment> {
  const { workers = availableParallelism(), modelsFolder, assetKind } = options;
  const pool = await startPool(workers, modelsFolder);
  const underway: Promise<FileAssessment>[] = [];
  try {
    let number = 0;
    for (const file of files) {
      number += 1;
      const task = { file, photoId: `p${String(number).padStart(3, '0')}`, ...(assetKind && { assetKind }) };
      underway.push(pool.assess(task).then((assessment) => ({ file, ...assessment })));
      const first = underway.length < workers * AHEAD_PER_WORKER ? undefined : underway.shift();
      if (first) yield await first;
    }
    for (const each of underway) yield await each;
  } finally {
    await Promise.allSettled(underway);
    pool.stop();
  }
}

type Pool = { readonly assess: (task: FileTask) => Promise<PhotoAssessment>; readonly stop: () => void };

async function startPool(size: number, modelsFolder: string | undefined): Promise<Pool> {
  const idle = await Promise.all(Array.from({ length: size }, () => startWorker(modelsFolder)));
  const all = new Set(idle);
  const waiting: ((worker: ChildProcess) => void)[] = [];
  const take = (): Promise<ChildProcess> => {
    const worker = idle.pop();
    return worker ? Promise.resolve(worker) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (worker: ChildProcess): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  const assess = async (task: FileTask): Promise<PhotoAssessment> => {
    const worker = await take();
    const assessment = await ask(worker, task);
    if (assessment) {
      giveBack(worker);
      return assessment;
    }
    all.delete(worker);
    const successor = await startWorker(modelsFolder);
    all.add(successor);
    giveBack(successor);
    const detail = 'the worker ended without an answer';
    return { photoId: task.photoId, status: 'failed', code: 'worker_died', detail };
  };
  return { assess, stop: () => void all.forEach((worker) => void worker.kill()) };
}

async function startWorker(modelsFolder: string | undefined): Promise<ChildProcess> {
  const worker = fork(WORKER, modelsFolder === undefined ? [] : [modelsFolder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = await nextAnswer(worker);
  if (answer && 'startError' in answer) throw new Error(answer.startError);
  if (!answer) throw new Error('A worker ended while it was starting.');
  return worker;
}

/** Undefined when the worker died of this photo. */
async function ask(worker: ChildProcess, task: FileTask): Promise<PhotoAssessment | undefined> {
  worker.send(task);
  const answer = await nextAnswer(worker);
  return answer && 'assessment' in answer ? answer.assessment : undefined;
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
