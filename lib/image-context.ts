import { constants, cpSync, type Dirent, globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** The lambdas that run from the image; all others are zips. */
export const IMAGE_ENTRIES: readonly string[] = [
  'pipeline/assess-photo',
  'pipeline/pictures-api',
  'operations/models-api',
];

/** What cannot be bundled, because it loads native code from beside itself. */
export const NATIVE_PACKAGES = ['onnxruntime-node', 'sharp'] as const;

export type Platform = { readonly os: string; readonly cpu: string };

/** What the image runs on in Lambda. */
export const IMAGE_PLATFORM: Platform = { os: 'linux', cpu: 'x64' };

/** What the same files run on where the template runs on this machine. */
export const THIS_PLATFORM: Platform = { os: process.platform, cpu: process.arch };

/**
 * Of node_modules, what runs: the two native packages and what they ask for. Of onnxruntime-node's 288 MB the libraries
 * of one platform are 45; its CUDA and TensorRT providers come by an install script that never runs here.
 */
const runningFiles = ({ os, cpu }: Platform): readonly string[] => [
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

/** A model is its weights and its card; what trained it stays behind. */
const MODEL_FILES = ['*/model.onnx', '*/card.json'];

/**
 * Adds to the bundled handlers in `imageDir` what they run on, so that the folder is the image's task folder and its build
 * context in one.
 *
 * @throws when a file is missing that must be there: npm installs the libraries of the machine it runs on and no others
 */
export function layOutImage(projectDir: string, imageDir: string, platform: Platform): void {
  copyInto(join(imageDir, 'node_modules'), join(projectDir, 'node_modules'), runningFiles(platform));
  copyInto(join(imageDir, 'models'), join(projectDir, 'models'), MODEL_FILES);
  copyInto(imageDir, join(projectDir, 'functions/pipeline'), ['Dockerfile']);
}

const runsNot = ({ name }: Dirent): boolean => /\.(d\.ts|d\.mts|d\.cts|map|md)$/.test(name);

function copyInto(toDir: string, fromDir: string, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    const found = globSync(pattern, { cwd: fromDir, exclude: runsNot, withFileTypes: true });
    const files = found.filter((file) => file.isFile());
    if (files.length === 0) throw new Error(`The image needs ${pattern}, and ${basename(fromDir)}/ holds no such file`);
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      cpSync(file, join(toDir, relative(fromDir, file)), { mode: constants.COPYFILE_FICLONE });
    }
  }
}
