import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { cannotRun } from '../errors.ts';
import type { LambdaFunction } from '../template/known/compute.ts';
import type { ImageAsset, Resource, Template } from '../types.ts';
import { type Image, readDockerfile, TASK_ROOT } from './dockerfile.ts';
import { layerPaths } from './layers.ts';
import { linkDirectory, linkFile } from './link-files.ts';
import { zipRoot } from './zip-root.ts';

/** A function's code and how to load it. */
export type Code = {
  readonly taskRoot: string;
  /** folders of layers in which `require` finds packages */
  readonly layerPaths: readonly string[];
  readonly handler: string;
  /** of the image; the template's variables override it */
  readonly environment: { readonly [name: string]: string };
  /** the image installs packages; on this machine they are imported from the runner's node_modules */
  readonly installsPackages: boolean;
};

/**
 * The function's code. A zip asset is its own task root; an image's task root is copied from the build context to a folder
 * below `workDir`.
 */
export function codeOf(
  resource: Resource,
  properties: z.infer<typeof LambdaFunction>,
  template: Template,
  workDir: string,
): Code {
  const { Code: code, Handler, ImageConfig } = properties;
  const where = `${resource.logicalId} (${resource.type})`;
  if ('ImageUri' in code) {
    if (properties.Layers.length > 0) throw cannotRun(where, 'a function of an image has no layers');
    return imageCode(imageAsset(code.ImageUri, template, where), ImageConfig?.Command, workDir, where);
  }
  if (Handler === undefined) throw cannotRun(where, 'has no Properties.Handler');
  const taskRoot =
    'ZipFile' in code
      ? inlineCode(code.ZipFile, join(workDir, resource.logicalId))
      : zipRoot(code.S3Key, template, where);
  const paths = layerPaths(properties, template, workDir, where);
  return { taskRoot, layerPaths: paths, handler: Handler, environment: {}, installsPackages: false };
}

/** Removes the task roots and layers of earlier versions. */
export function dropOtherCode(workDir: string, used: readonly Code[]): void {
  if (!existsSync(workDir)) return;
  for (const name of readdirSync(workDir)) {
    const directory = join(workDir, name);
    const isUsed = used.some((code) => [code.taskRoot, ...code.layerPaths].some((path) => path.startsWith(directory)));
    if (!isUsed) rmSync(directory, { recursive: true });
  }
}

/**
 * The build context of an image, by its tag: an image of the assembly, or a file asset, which the stack has built into an
 * image under the asset's hash.
 */
function imageAsset(imageUri: string, { assets }: Template, where: string): ImageAsset {
  const imageTag = imageUri.split(':').at(-1) ?? '';
  for (const asset of assets) {
    if (asset.kind === 'image' && asset.imageTag === imageTag) return asset;
    if (asset.kind === 'file' && asset.objectKey === `${imageTag}.zip`) {
      return { kind: 'image', imageTag, directory: asset.path, dockerFile: 'Dockerfile', buildArgs: {} };
    }
  }
  throw cannotRun(where, `the assembly has neither an image nor a build context ${imageUri}`);
}

/** CloudFormation puts inline code into `index.js`. */
function inlineCode(source: string, taskRoot: string): string {
  mkdirSync(taskRoot, { recursive: true });
  writeFileSync(join(taskRoot, 'index.js'), source);
  writeFileSync(join(taskRoot, 'package.json'), '{"type":"commonjs"}');
  return taskRoot;
}

function imageCode(asset: ImageAsset, command: readonly string[] | undefined, workDir: string, where: string): Code {
  const file = join(asset.directory, asset.dockerFile);
  const image = readDockerfile(readFileSync(file, 'utf8'), asset.buildArgs, `${where} ${asset.dockerFile}`);
  const handler = (command ?? image.command).at(-1);
  if (handler === undefined) throw cannotRun(where, 'neither the image nor the template names a handler');
  const { environment, installsPackages } = image;
  const root = join(workDir, asset.imageTag);
  // The tag is a hash of the build context, so an existing task root is up to date.
  if (!existsSync(root)) layOut(image, asset.directory, root, where);
  return { taskRoot: join(root, TASK_ROOT), layerPaths: [], handler, environment, installsPackages };
}

/** Copies to a temporary folder and renames it, so that a crash leaves no partial task root. */
function layOut({ copies }: Image, context: string, root: string, where: string): void {
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, TASK_ROOT), { recursive: true });
  for (const { from, to } of copies) {
    const sources = from.flatMap((pattern) => globSync(pattern, { cwd: context }));
    if (sources.length === 0) throw cannotRun(where, `COPY ${from.join(' ')} finds nothing in the build context`);
    for (const source of sources)
      copyInto(join(context, source), join(unfinished, to), to.endsWith('/') || sources.length > 1);
  }
  renameSync(unfinished, root);
}

/** As `COPY`: a directory's content; a file into a directory or under another name. */
function copyInto(source: string, target: string, intoDirectory: boolean): void {
  if (!statSync(source).isDirectory()) {
    linkFile(source, intoDirectory ? join(target, basename(source)) : target);
    return;
  }
  linkDirectory(source, target);
}
