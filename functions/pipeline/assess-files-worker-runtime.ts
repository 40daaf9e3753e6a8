import { open } from 'node:fs/promises';
import { loadModels } from '../condition/model-runtime.ts';
import { modelsFolder } from '../condition/models-folder-runtime.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { PHOTO_LIMITS_TEXT } from '../photos/photo-limits.ts';
import { assessPhoto } from './pipeline-runtime.ts';
import type { FileTask, WorkerAnswer } from './worker-pool-runtime.ts';

/** About 8 bits for each of the pixels that a photo may have; a larger file is not read into memory to find out. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** The worker process of `assessFiles`: receives a file's path, sends its assessment. */
const models = await loadModels(process.argv[2] ?? modelsFolder()).catch((error: Error) => {
  answer({ startError: error.message });
  process.exit(1);
});

process.on('message', (task: FileTask) => void assess(task).then((assessment) => answer({ assessment })));
answer({ ready: true });

function answer(message: WorkerAnswer): void {
  process.send?.(message);
}

async function assess({ file, policies, ...photo }: FileTask): Promise<PhotoAssessment> {
  const content = await readPhoto(file);
  if (!(content instanceof Uint8Array)) return { photoId: photo.photoId, status: 'rejected', ...content };
  const { assessment } = await assessPhoto({ ...photo, file: content }, models, policies);
  return assessment;
}

type Refusal = { readonly code: 'corrupt' | 'too_large'; readonly detail: string; readonly bytes: number };

async function readPhoto(file: string): Promise<Uint8Array | Refusal> {
  const handle = await open(file).catch((error: Error) => error);
  if (handle instanceof Error)
    return { code: 'corrupt', detail: `the file cannot be read (${handle.message})`, bytes: 0 };
  try {
    const { size } = await handle.stat();
    if (size <= LARGEST_FILE_BYTES) return await handle.readFile();
    return {
      code: 'too_large',
      detail: `expected at most ${LARGEST_FILE_BYTES} bytes; the file has ${size}. ${PHOTO_LIMITS_TEXT}.`,
      bytes: size,
    };
  } catch (error) {
    return {
      code: 'corrupt',
      detail: `the file cannot be read (${error instanceof Error ? error.message : error})`,
      bytes: 0,
    };
  } finally {
    await handle.close();
  }
}
