import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`expected a photo or a folder of photos; there is nothing at ${path}`);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => contentTypeOf(name) !== undefined).sort();
  if (names.length === 0) throw new UsageError(`expected photos (.jpg, .jpeg, .png, .webp) in ${path}; there are none`);
  return names.map((name) => join(path, name));
}
