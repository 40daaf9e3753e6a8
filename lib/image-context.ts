import { constants, cpSync, type Dirent, globSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The lambdas that run from the image; all others are zips. */
export const IMAGE_ENTRIES: readonly string[] = ['assessments/assess-photo', 'operations/models-api'];

/** What cannot be bundled, because it loads native code from beside itself. */
export const NATIVE_PACKAGES = ['onnxruntime-node', 'sharp'] as const;

/** What the image runs on. */
const IMAGE_PLATFORM = { os: 'linux', cpu: 'x64' } as const;

/** The image's own platform, and this machine's where that is another, because the same files run here too. */
const PLATFORMS = [IMAGE_PLATFORM, { os: process.platform, cpu: process.arch }].filter(
  ({ os, cpu }, index) => index === 0 || os !== IMAGE_PLATFORM.os || cpu !== IMAGE_PLATFORM.cpu,
);

/**
 * Of node_modules, what runs: the two native packages and what they ask for. Of onnxruntime-node's 288 MB the libraries
 * of one platform are 45; its CUDA and TensorRT providers come by an install script that never runs here.
 */
const RUNNING_FILES = [
  'onnxruntime-node/package.json',
  'onnxruntime-node/dist/*.js',
  ...PLATFORMS.map(({ os, cpu }) => `onnxruntime-node/bin/napi-v6/${os}/${cpu}/*`),
  'onnxruntime-common/package.json',
  'onnxruntime-common/dist/cjs/**',
  'sharp/package.json',
  'sharp/dist/**',
  ...PLATFORMS.flatMap(({ os, cpu }) => [`@img/sharp-${os}-${cpu}/**`, `@img/sharp-libvips-${os}-${cpu}/**`]),
  '@img/colour/**',
  'detect-libc/**',
  'semver/**',
];

/** A model is its weights and its card; what trained it stays behind. */
const MODEL_FILES = ['*/model.onnx', '*/card.json'];

/** Adds to the bundled handlers in `imageDir` what they run on, so that the folder is the image's task folder and its build context in one. */
export function layOutImage(projectDir: string, imageDir: string): void {
  copyInto(join(imageDir, 'node_modules'), join(projectDir, 'node_modules'), RUNNING_FILES);
  copyInto(join(imageDir, 'models'), join(projectDir, 'models'), MODEL_FILES);
  copyInto(imageDir, join(projectDir, 'functions/assessments'), ['Dockerfile']);
}

const runsNot = ({ name }: Dirent): boolean => /\.(d\.ts|d\.mts|d\.cts|map|md)$/.test(name);

function copyInto(toDir: string, fromDir: string, patterns: readonly string[]): void {
  const files = globSync(patterns, { cwd: fromDir, exclude: runsNot, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    cpSync(file, join(toDir, relative(fromDir, file)), { mode: constants.COPYFILE_FICLONE });
  }
}
