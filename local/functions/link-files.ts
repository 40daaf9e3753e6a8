import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Every file of a folder into another, over those of the same path. */
export function linkDirectory(source: string, target: string): void {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory()) linkFile(path, join(target, relative(source, path)));
  }
}

/** A hard link, because libraries and models have 100 MB; a copy where the file system has none. */
export function linkFile(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}
