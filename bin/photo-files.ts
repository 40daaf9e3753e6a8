import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { contentTypeOf, PHOTO_ENDINGS } from './api-client.ts';
import { UsageError } from './usage-error.ts';

/** A file of a folder that is not taken, and why. */
export type LeftOut = { readonly file: string; readonly reason: string };

export type FoundPhotos = { readonly files: readonly string[]; readonly leftOut: readonly LeftOut[] };

const ENDINGS = PHOTO_ENDINGS.join(', ');
/** How many of the files that are left out for one reason are named. */
const NAMED_FILES = 3;

/**
 * The photos that paths name: a file as it is, for its content will tell; of a folder and all folders in it those with the
 * ending of a photo, in the order of their names.
 *
 * @throws UsageError for a path that is not there and for a folder without photos
 */
export async function findPhotos(paths: readonly string[]): Promise<FoundPhotos> {
  const found = [];
  for (const path of paths) found.push(await photosAt(path));
  return { files: found.flatMap(({ files }) => files), leftOut: found.flatMap(({ leftOut }) => leftOut) };
}

/** What is left out, by reason, with the number of its files; empty when nothing is. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  const reasons = Map.groupBy(leftOut, ({ reason }) => reason);
  return [...reasons]
    .map(([reason, files]) => {
      const names = files.slice(0, NAMED_FILES).map(({ file }) => file);
      const more = files.length > NAMED_FILES ? ` and ${files.length - NAMED_FILES} more` : '';
      return `Left out ${files.length} ${files.length === 1 ? 'file' : 'files'}, ${reason}: ${names.join(', ')}${more}\n`;
    })
    .join('');
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
    if (contentTypeOf(file) === undefined) throw new UsageError(`expected a photo (${ENDINGS}); got ${file}`);
    const size = await sizeOf(file);
    if (size === 0) throw new UsageError(`expected a photo; ${file} is empty`);
    if (size > LIMITS.photoBytes) {
      throw new UsageError(`expected photos of at most ${LIMITS.photoBytes} bytes; ${file} has ${size}`);
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    await access(file, constants.R_OK);
    return (await stat(file)).size;
  } catch {
    throw new UsageError(`expected a photo; ${file} cannot be read`);
  }
}

async function photosAt(path: string): Promise<FoundPhotos> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`expected a photo or a folder of photos; there is nothing at ${path}`);
  if (found.isFile()) return { files: [path], leftOut: [] };
  if (!found.isDirectory()) throw new UsageError(`expected a photo or a folder of photos; ${path} is neither`);
  const { files, leftOut } = await walk(path, new Set());
  if (files.length > 0) return { files, leftOut };
  throw new UsageError(`expected photos (${ENDINGS}) in ${path}; there are none\n${leftOutText(leftOut)}`.trimEnd());
}

/** Every folder once, whatever links lead to it. */
async function walk(folder: string, visited: Set<string>): Promise<FoundPhotos> {
  const place = await realpath(folder).catch(() => folder);
  if (visited.has(place)) return { files: [], leftOut: [{ file: folder, reason: 'a link to a folder that was read' }] };
  visited.add(place);
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return { files: [], leftOut: [{ file: folder, reason: 'a folder that cannot be read' }] };
  const files: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const name of names.toSorted()) {
    const inside = await lookAt(join(folder, name), visited);
    files.push(...inside.files);
    leftOut.push(...inside.leftOut);
  }
  return { files, leftOut };
}

async function lookAt(path: string, visited: Set<string>): Promise<FoundPhotos> {
  const without = (reason: string): FoundPhotos => ({ files: [], leftOut: [{ file: path, reason }] });
  // macOS keeps the companion of IMG.jpg as ._IMG.jpg on other systems' disks, and in __MACOSX of its archives.
  if (basename(path).startsWith('.') || basename(path) === '__MACOSX') return without('hidden or a companion of macOS');
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return without('a link to nothing');
  if (found.isDirectory()) return walk(path, visited);
  if (!found.isFile()) return without('neither a file nor a folder');
  if (contentTypeOf(path) === undefined) return without(`not a JPEG, PNG or WebP by its ending (${ENDINGS})`);
  return { files: [path], leftOut: [] };
}
