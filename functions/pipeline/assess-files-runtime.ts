import { availableParallelism } from 'node:os';
import { PHOTO_POLICIES, type PhotoPolicies } from '../assessments/photo-policies.ts';
import type { AssetKind } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { defaultsOf } from '../platform/policy-choice.ts';
import { startPool, startWorker } from './worker-pool-runtime.ts';

/** A photo's path, and what it shows in its owner's words. */
export type PhotoFile = { readonly file: string; readonly hint?: string };

/** One line of the answer. */
export type FileAssessment = { readonly file: string } & PhotoAssessment;

export type AssessFilesOptions = {
  /** the asset's kind, if known */
  readonly assetKind?: AssetKind;
  /** default: those of this release */
  readonly policies?: PhotoPolicies;
  /** folder of models; default: the project's */
  readonly modelsFolder?: string;
  /** number of worker processes; default: one per core */
  readonly workers?: number;
};

/** Tasks in progress or finished, per worker, behind the oldest one. Keeps workers busy behind a slow photo; bounds memory. */
const AHEAD_PER_WORKER = 4;

/**
 * Assesses files with the photo pipeline alone, one process per core, and yields the results in the order of the files.
 *
 * A file that is no photo is `rejected`; a photo that kills its worker is `failed`. Memory does not grow with the number of
 * files.
 *
 * @throws Error with the reason when the models cannot be loaded, or a dead worker cannot be replaced
 */
export async function* assessFiles(
  files: Iterable<PhotoFile>,
  options: AssessFilesOptions = {},
): AsyncGenerator<FileAssessment> {
  const { workers = availableParallelism(), policies = defaultsOf(PHOTO_POLICIES), modelsFolder, assetKind } = options;
  const pool = await startPool(workers, () => startWorker(modelsFolder));
  const underway: Promise<FileAssessment>[] = [];
  try {
    let number = 0;
    for (const photo of files) {
      number += 1;
      const task = {
        ...photo,
        photoId: `p${String(number).padStart(3, '0')}`,
        policies,
        ...(assetKind && { assetKind }),
      };
      const answer = pool.assess(task).then((assessment) => ({ file: photo.file, ...assessment }));
      // A rejection before the result is awaited would be an unhandled rejection.
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
