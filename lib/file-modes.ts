import { chmodSync, globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';

/**
 * Modes in every asset, whatever the umask of the checkout. Zips and images keep modes, and Lambda runs code as another user
 * than the one who owns it: with a file of mode 0600 it fails with EACCES.
 */
const MODES = { file: 0o644, executable: 0o755, folder: 0o755 } as const;

/** Gives the files and folders of all assets of an assembly the modes of MODES; executable is what its owner may execute. */
export function normalizeModes(assemblyDir: string): void {
  for (const asset of globSync('asset.*', { cwd: assemblyDir })) normalize(join(assemblyDir, asset));
}

function normalize(path: string): void {
  const stats = statSync(path);
  if (stats.isDirectory()) {
    chmodSync(path, MODES.folder);
    for (const name of readdirSync(path)) normalize(join(path, name));
  } else {
    chmodSync(path, stats.mode & 0o100 ? MODES.executable : MODES.file);
  }
}

/** Part of every asset's hash. The CDK's own is of names and contents only, so that wrong modes would stay deployed. */
export const HASHED_MODES = `modes ${JSON.stringify(MODES)}`;

/** The hash of a folder with its modes. */
export const assetHashOf = (dir: string): string => FileSystem.fingerprint(dir, { extraHash: HASHED_MODES });
