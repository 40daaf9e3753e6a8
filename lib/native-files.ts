import { constants, cpSync, type Dirent, globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

export type Platform = { readonly os: string; readonly cpu: string };

/** The platform of our functions in Lambda. */
export const LAMBDA_PLATFORM: Platform = { os: 'linux', cpu: 'x64' };

/** This machine's platform, on which the template runs without a container. */
export const THIS_PLATFORM: Platform = { os: process.platform, cpu: process.arch };

/** What a Lambda layer holds: packages with native code, which no bundle can hold, because they load it from their own folder. */
export type Layer = {
  /** the packages that functions import */
  readonly packages: readonly string[];
  /** the part of node_modules that they need, with their dependencies, as patterns */
  readonly files: (platform: Platform) => readonly string[];
};

const isDevelopmentFile = ({ name }: Dirent): boolean => /\.(d\.ts|d\.mts|d\.cts|map|md)$/.test(name);

/**
 * Copies the files that match these patterns, less declarations, source maps and texts.
 *
 * @param who needs them, for the error
 * @throws when a pattern matches no file: npm installs the native libraries of its own platform only
 */
export function copyFiles(who: string, fromDir: string, toDir: string, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    const found = globSync(pattern, { cwd: fromDir, exclude: isDevelopmentFile, withFileTypes: true });
    const files = found.filter((file) => file.isFile());
    if (files.length === 0) throw new Error(`${who} needs ${pattern}, and ${basename(fromDir)}/ holds no such file`);
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      cpSync(file, join(toDir, relative(fromDir, file)), { mode: constants.COPYFILE_FICLONE });
    }
  }
}
