import type { Layer } from '../lib/native-files.ts';

/**
 * onnxruntime-node, 46 MB: of the package's 288 MB the libraries of one platform. Its CUDA and TensorRT providers need an
 * install script, which never runs.
 */
export const ONNXRUNTIME: Layer = {
  packages: ['onnxruntime-node'],
  files: ({ os, cpu }) => [
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist/*.js',
    `onnxruntime-node/bin/napi-v6/${os}/${cpu}/*`,
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs/**',
  ],
};
