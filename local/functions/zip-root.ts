import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { cannotRun } from '../errors.ts';
import type { Template } from '../types.ts';

/** The folder of a zip asset, which an assembly holds unzipped. */
export function zipRoot(objectKey: string, template: Template, where: string): string {
  const asset = template.assets.find((each) => each.kind === 'file' && each.objectKey === objectKey);
  if (asset?.kind !== 'file') throw cannotRun(where, `the assembly has no asset ${objectKey}`);
  if (!statSync(asset.path).isDirectory())
    throw cannotRun(where, `its asset ${basename(asset.path)} is not a directory`);
  return asset.path;
}
