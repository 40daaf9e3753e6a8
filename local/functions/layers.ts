import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { type LambdaFunction, LayerVersion } from '../template/known/compute.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { linkDirectory } from './link-files.ts';
import { zipRoot } from './zip-root.ts';

/** The folder of a layer that the runner provides; Lambda also has `bin`, `lib` and those of other languages. */
const NODE_FOLDER = 'nodejs';

/**
 * The folders of a function's layers in which `require` finds packages, as Lambda's NODE_PATH has them. The layers are laid
 * out one over the other in a folder below `workDir`, which stands for /opt.
 *
 * @throws CannotRunError when a layer is not in the template, or holds what the runner does not provide
 */
export function layerPaths(
  { Layers, Runtime = '' }: z.infer<typeof LambdaFunction>,
  template: Template,
  workDir: string,
  where: string,
): string[] {
  if (Layers.length === 0) return [];
  const roots = Layers.map((arn) => layerRoot(arn, template, where));
  const root = join(workDir, `layers-${digestOf(roots)}`);
  // An asset's name holds its hash, so an existing folder is up to date.
  if (!existsSync(root)) layOut(roots, root);
  // nodejs24.x is `node24`.
  const ofRuntime = join(root, NODE_FOLDER, Runtime.replace(/^nodejs(\d+)\.x$/, 'node$1'), 'node_modules');
  return [ofRuntime, join(root, NODE_FOLDER, 'node_modules')].filter((path) => existsSync(path));
}

function layerRoot(arn: string, template: Template, where: string): string {
  const version = resourcesOf(template, 'AWS::Lambda::LayerVersion').find((each) => each.arn === arn);
  if (!version) throw cannotRun(where, `its layer ${arn} is not in the template`);
  const layer = `${version.logicalId} (${version.type})`;
  const root = zipRoot(readProperties(version, LayerVersion).Content.S3Key, template, layer);
  const other = readdirSync(root).find((name) => name !== NODE_FOLDER);
  if (other !== undefined) throw cannotRun(layer, `the runner provides ${NODE_FOLDER}/ of a layer, and not ${other}`);
  return root;
}

const digestOf = (roots: readonly string[]): string =>
  createHash('sha256')
    .update(roots.map((root) => basename(root)).join('\0'))
    .digest('hex')
    .slice(0, 16);

/** Lays out in a temporary folder and renames it, so that a crash leaves no partial folder. Of equal paths, the last layer's is kept. */
function layOut(roots: readonly string[], root: string): void {
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const each of roots) linkDirectory(each, unfinished);
  renameSync(unfinished, root);
}
