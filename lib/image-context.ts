import { join } from 'node:path';
import { ONNXRUNTIME } from '../layers/onnxruntime.ts';
import { copyFiles, type Platform } from './native-files.ts';

/** The lambdas in the image; all others are zips. */
export const IMAGE_ENTRIES: readonly string[] = [
  'pipeline/assess-photo',
  'pipeline/pictures-api',
  'operations/models-api',
];

/** The packages with native code that functions of the image import. */
export const IMAGE_PACKAGES: readonly string[] = [...ONNXRUNTIME.packages, 'sharp'];

/** The part of node_modules that the image needs: these packages and their dependencies. */
const packageFiles = (platform: Platform): readonly string[] => [
  ...ONNXRUNTIME.files(platform),
  'sharp/package.json',
  'sharp/dist/**',
  `@img/sharp-${platform.os}-${platform.cpu}/**`,
  `@img/sharp-libvips-${platform.os}-${platform.cpu}/**`,
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
 * @throws when a file is missing
 */
export function layOutImage(projectDir: string, imageDir: string, platform: Platform): void {
  const take = (from: string, to: string, patterns: readonly string[]) =>
    copyFiles('The image', join(projectDir, from), join(imageDir, to), patterns);
  take('node_modules', 'node_modules', packageFiles(platform));
  take('models', 'models', MODEL_FILES);
  take('functions/pipeline', '', ['Dockerfile']);
}
