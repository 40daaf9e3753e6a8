import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { contentTypeOf } from './api-client.ts';
import { UsageError } from './usage-error.ts';

/**
 * The photos that paths name: a file as it is, a folder's photos by their endings, in the order of their names.
 *
 * @throws UsageError for a path that is not there and for a folder without photos
 */
export async function photoFiles(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(paths.map(filesAt));
  return lists.flat();
}

/**
 * Refuses what no job takes, before anything is started for it.
 *
 * @throws UsageError naming the limit and the first file beyond it
 */
export async function refuseUnfit(files: readonly string[]): Promise<void> {
  if (files.length > LIMITS.photosPerJob) {
    throw new UsageError(`expected at most ${LIMITS.photosPerJob} photos for a job; these are ${files.length}`);
  }
  for (const file of files) {
    const { size } = await stat(file);
    if (contentTypeOf(file) === undefined)
      throw new UsageError(`expected a .jpg, .jpeg, .png or .webp photo; got ${file}`);
    if (size === 0) throw new UsageError(`expected a photo; ${file} is empty`);
    if (size > LIMITS.photoBytes) {
      throw new UsageError(`expected photos of at most ${LIMITS.photoBytes} bytes; ${file} has ${size}`);
    }
  }
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`expected a photo or a folder of photos; there is nothing at ${path}`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => contentTypeOf(name) !== undefined).sort();
  if (names.length === 0) throw new UsageError(`expected photos (.jpg, .jpeg, .png, .webp) in ${path}; there are none`);
  return names.map((name) => join(path, name));
}
