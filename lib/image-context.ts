import { constants, cpSync, type Dirent, globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** The lambdas in the image; all others are zips. */
export const IMAGE_ENTRIES: readonly string[] = [
  'pipeline/assess-photo',
  'pipeline/pictures-api',
  'operations/models-api',
];

/** Packages that cannot be bundled, because they load native code from their own folder. */
export const NATIVE_PACKAGES = ['onnxruntime-node', 'sharp'] as const;

export type Platform = { readonly os: string; readonly cpu: string };

/** The image's platform in Lambda. */
export const IMAGE_PLATFORM: Platform = { os: 'linux', cpu: 'x64' };

/** This machine's platform, on which the template runs without a container. */
export const THIS_PLATFORM: Platform = { os: process.platform, cpu: process.arch };

/**
 * The part of node_modules that the image needs: the two native packages and their dependencies. Of onnxruntime-node's
 * 288 MB the libraries of one platform are 45; its CUDA and TensorRT providers need an install script, which never runs.
 */
const packageFiles = ({ os, cpu }: Platform): readonly string[] => [
  'onnxruntime-node/package.json',
  'onnxruntime-node/dist/*.js',
  `onnxruntime-node/bin/napi-v6/${os}/${cpu}/*`,
  'onnxruntime-common/package.json',
  'onnxruntime-common/dist/cjs/**',
  'sharp/package.json',
  'sharp/dist/**',
  `@img/sharp-${os}-${cpu}/**`,
  `@img/sharp-libvips-${os}-${cpu}/**`,
  '@img/colour/**',
  'detect-libc/**',
  'semver/**',
];

/** Weights and card of each model, without its training code. */
const MODEL_FILES = ['*/model.onnx', '*/card.json'];

/**
 * Adds packages, models and Dockerfile to the bundled handlers in `imageDir`, which makes the folder the image's build
 * context, and its task folder on one machine.
 *
 * @throws when a pattern matches no file: npm installs the native libraries of its own platform only
 */
export function layOutImage(projectDir: string, imageDir: string, platform: Platform): void {
  copyInto(join(imageDir, 'node_modules'), join(projectDir, 'node_modules'), packageFiles(platform));
  copyInto(join(imageDir, 'models'), join(projectDir, 'models'), MODEL_FILES);
  copyInto(imageDir, join(projectDir, 'functions/pipeline'), ['Dockerfile']);
}

const isDevelopmentFile = ({ name }: Dirent): boolean => /\.(d\.ts|d\.mts|d\.cts|map|md)$/.test(name);

function copyInto(toDir: string, fromDir: string, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    const found = globSync(pattern, { cwd: fromDir, exclude: isDevelopmentFile, withFileTypes: true });
    const files = found.filter((file) => file.isFile());
    if (files.length === 0) throw new Error(`The image needs ${pattern}, and ${basename(fromDir)}/ holds no such file`);
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      cpSync(file, join(toDir, relative(fromDir, file)), { mode: constants.COPYFILE_FICLONE });
    }
  }
}
