import { availableParallelism } from 'node:os';
import type { AssetKind } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { startPool, startWorker } from './worker-pool-runtime.ts';

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

/** Answers that may wait for an earlier one: enough that a slow photo holds nobody up, few enough that memory stays flat. */
const AHEAD_PER_WORKER = 4;

/**
 * Assesses files with the photo pipeline alone, one process per core, and gives the answers in the order of the files.
 *
 * Files that are no photos are answers too (`rejected`), and so is a photo that kills its worker (`failed`). Memory does
 * not grow with the number of files.
 *
 * @throws when the models cannot be loaded, or a dead worker not replaced, with the sentence that says why
 */
export async function* assessFiles(
  files: Iterable<string>,
  options: AssessFilesOptions = {},
): AsyncGenerator<FileAssessment> {
  const { workers = availableParallelism(), modelsFolder, assetKind } = options;
  const pool = await startPool(workers, () => startWorker(modelsFolder));
  const underway: Promise<FileAssessment>[] = [];
  try {
    let number = 0;
    for (const file of files) {
      number += 1;
      const task = { file, photoId: `p${String(number).padStart(3, '0')}`, ...(assetKind && { assetKind }) };
      const answer = pool.assess(task).then((assessment) => ({ file, ...assessment }));
      // It may fail long before its turn comes to be awaited, which ends the process unless somebody listens.
      answer.catch(() => undefined);
      underway.push(answer);
      const first = underway.length < workers * AHEAD_PER_WORKER ? undefined : underway.shift();
      if (first) yield await first;
    }
    for (const each of underway) yield await each;
  } finally {
    await Promise.allSettled(underway);
    pool.stop();
  }
}
